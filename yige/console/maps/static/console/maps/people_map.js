// The people's map: outlines by level, counts told as the server tells them, points of places; a click opens the panel.
import { bounds, caseSource, collection, geojson, offerGround, openCrowd, read, startMap } from "./mapkit.js";
import { areaWords, buildingPoints, layers, places, SHOWN } from "./people_map_layers.js";

const STEP = 2;
const CLICKED = ["points", "crowds", "buildings", "things", "organisations", "areas"];

function panelOf(root, query) {
  const url = `${root.dataset.ygPanel}?${new URLSearchParams(query)}`;
  return window.htmx.ajax("GET", url, { target: "#panel" }).then(() => document.getElementById("panel").focus());
}

function answerClicks(map, root, said) {
  const top = (event) => map.queryRenderedFeatures(event.point, { layers: CLICKED })
    .sort((one, other) => CLICKED.indexOf(one.layer.id) - CLICKED.indexOf(other.layer.id)
      || other.properties.level - one.properties.level)[0];
  map.on("click", (event) => {
    const found = top(event);
    if (!found) return;
    const { id, name, rest, path, serial } = found.properties;
    if (found.layer.id === "points") location.assign(`${root.dataset.ygCase}${serial}/`);
    if (found.layer.id === "crowds") openCrowd(map, found);
    if (found.layer.id === "buildings") panelOf(root, { building: id });
    if (found.layer.id === "areas") panelOf(root, { grid: path });
    if (["things", "organisations"].includes(found.layer.id)) said.textContent = rest ? `${name}：${rest}` : name;
  });
  map.on("mousemove", (event) => { map.getCanvas().style.cursor = top(event) ? "pointer" : ""; });
}

/** Fly to what a search found, or to the row that was chosen, wherever a page says where it lies. */
function answerFlights(map) {
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-yg-fly]")?.dataset.ygFly;
    if (!to) return;
    const [lon, lat, zoom] = to.split(",").map(Number);
    map.easeTo({ center: [lon, lat], zoom, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  });
}

export async function draw(root) {
  const url = (name) => root.dataset.ygLayers.replace("/areas.", `/${name}.`);
  const cases = root.dataset.ygPoints ? read(root.dataset.ygPoints) : { points: [] };
  const [outlines, areas, buildings, things, organisations, { points }] = await Promise.all([
    ...["outlines", "areas", "buildings", "things", "organisations"].map((name) => read(url(name))), cases,
  ]);
  for (const { properties } of outlines.features) properties.step = areas[properties.path]?.[STEP] || 0;
  const boxes = [...document.querySelectorAll("[data-yg-layer]")];
  const chosen = () => new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const sources = {
    outlines: geojson(outlines), words: geojson(areaWords(outlines, areas, chosen())),
    buildings: geojson(buildingPoints(buildings)),
    things: geojson(places(things)), organisations: geojson(places(organisations)), points: caseSource(points),
  };
  const told = outlines.features.filter(({ properties }) => areas[properties.path]);
  const own = collection(told.length ? told : outlines.features);
  const map = await startMap(root, { sources, layers: layers(), box: bounds(own) });
  const show = () => {
    const wanted = chosen();
    for (const [name, ids] of Object.entries(SHOWN)) {
      for (const id of ids) map.setLayoutProperty(id, "visibility", wanted.has(name) ? "visible" : "none");
    }
    map.getSource("words").setData(areaWords(outlines, areas, wanted));
    map.once("idle", () => { root.dataset.ygShown = [...wanted].sort().join(" "); });
  };
  await new Promise((done) => { map.once("load", done); });
  for (const box of boxes) box.addEventListener("change", show);
  show();
  document.querySelector("[data-yg-layers-form]").hidden = false;
  offerGround(map, root, document.querySelector("[data-yg-ground]"), ["areas"]);
  answerClicks(map, root, document.querySelector("[data-yg-place-said]"));
  answerFlights(map);
  root.querySelector("[data-yg-map-said]").remove();
}

for (const root of document.querySelectorAll("[data-yg-people-map]")) {
  draw(root).catch(() => {
    root.querySelector("[data-yg-map-said]").textContent = "这台电脑画不出地图。旁边的表说的是同样的内容。";
  });
}
