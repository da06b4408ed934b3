// Open cases on the map: grids shaded by count, points coloured by their mark, gathered where they crowd.
import { bounds, caseLayers, caseSource, collection, geojson, halo, openCrowd } from "./mapkit.js";
import { place, read, startMap, text, token } from "./mapkit.js";

export function withCounts(outlines, counts) {
  for (const { properties } of outlines.features) properties.open = (counts[properties.path] || [0])[0];
  return outlines;
}

function names(outlines) {
  return collection(outlines.features.map(({ properties: { middle, name, open } }) =>
    place(...middle, { name: open ? `${name}\n${open} 件` : name })));
}

function layers(most) {
  const shade = ["interpolate", ["linear"], ["get", "open"], 0, token("--yg-paper"), Math.max(most, 1), "#9cc7d2"];
  return [
    { id: "grids", type: "fill", source: "grids", paint: { "fill-color": shade } },
    { id: "edges", type: "line", source: "grids", paint: { "line-color": token("--yg-line-strong"), "line-width": 1 } },
    {
      id: "names", type: "symbol", source: "names", maxzoom: 15.5, layout: text(["get", "name"], 12),
      paint: halo(token("--yg-ink-soft")),
    },
    ...caseLayers(),
  ];
}

function answerClicks(map, root) {
  const top = (event) => map.queryRenderedFeatures(event.point, { layers: ["points", "crowds", "grids"] })[0];
  map.on("click", (event) => {
    const found = top(event);
    if (found?.layer.id === "points") location.assign(`${root.dataset.ygCase}${found.properties.serial}/`);
    if (found?.layer.id === "crowds") openCrowd(map, found);
    if (found?.layer.id === "grids") {
      const url = `${root.dataset.ygList}?path=${encodeURIComponent(found.properties.path)}`;
      window.htmx.ajax("GET", url, { target: "#list" }).then(() => document.getElementById("list").focus());
    }
  });
  map.on("mousemove", (event) => { map.getCanvas().style.cursor = top(event) ? "pointer" : ""; });
}

export async function draw(root) {
  const said = root.querySelector("[data-yg-map-said]");
  const [outlines, { points, counts }] = await Promise.all(
    [read(root.dataset.ygOutlines), read(root.dataset.ygPoints)],
  );
  withCounts(outlines, counts);
  const sources = { grids: geojson(outlines), names: geojson(names(outlines)), points: caseSource(points) };
  const most = Math.max(0, ...Object.values(counts).map(([open]) => open));
  const map = await startMap(root, { sources, layers: layers(most), box: bounds(outlines) });
  answerClicks(map, root);
  said.remove();
}

for (const root of document.querySelectorAll("[data-yg-map]")) {
  draw(root).catch(() => {
    root.querySelector("[data-yg-map-said]").textContent = "这台电脑画不出地图。右边的表说的是同样的内容。";
  });
}
