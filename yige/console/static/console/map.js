// Open cases on the map: grids shaded by count, points coloured by their mark, gathered where they crowd.

const TONES = ["late", "today", "parked", "waiting"];
const TOKENS = { late: "--yg-red", today: "--yg-amber", parked: "--yg-ink-faint", waiting: "--yg-accent" };
const FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const read = async (url) => (await fetch(url, { headers: { Accept: "application/json" } })).json();

export function asGeoJson(points) {
  const features = points.map(([lon, lat, tone, serial]) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [lon, lat] },
    properties: { tone: TONES[tone], serial, [TONES[tone]]: 1 },
  }));
  return { type: "FeatureCollection", features };
}

export function withCounts(outlines, counts) {
  for (const { properties } of outlines.features) properties.open = (counts[properties.path] || [0])[0];
  return outlines;
}

function names(outlines) {
  const features = outlines.features.map(({ properties }) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: properties.middle },
    properties: { name: properties.open ? `${properties.name}\n${properties.open} 件` : properties.name },
  }));
  return { type: "FeatureCollection", features };
}

function bounds(outlines) {
  const box = [180, 90, -180, -90];
  const widen = (pair) => {
    if (typeof pair[0] !== "number") return pair.forEach(widen);
    [box[0], box[1], box[2], box[3]] = [
      Math.min(box[0], pair[0]), Math.min(box[1], pair[1]), Math.max(box[2], pair[0]), Math.max(box[3], pair[1]),
    ];
  };
  outlines.features.forEach(({ geometry }) => widen(geometry.coordinates));
  return box;
}

function layers(most) {
  const colour = ["match", ["get", "tone"], ...TONES.flatMap((tone) => [tone, token(TOKENS[tone])]), token("--yg-accent")];
  const worst = [
    "case", [">", ["get", "late"], 0], token(TOKENS.late), [">", ["get", "today"], 0], token(TOKENS.today),
    token(TOKENS.waiting),
  ];
  const paper = token("--yg-paper");
  const shade = ["interpolate", ["linear"], ["get", "open"], 0, paper, Math.max(most, 1), "#9cc7d2"];
  const ring = { "circle-stroke-color": paper, "circle-stroke-width": 1.5 };
  return [
    { id: "ground", type: "background", paint: { "background-color": token("--yg-sunken") } },
    { id: "grids", type: "fill", source: "grids", paint: { "fill-color": shade } },
    { id: "edges", type: "line", source: "grids", paint: { "line-color": token("--yg-line-strong"), "line-width": 1 } },
    {
      id: "names", type: "symbol", source: "names", maxzoom: 15.5,
      layout: { "text-field": ["get", "name"], "text-size": 12, "text-font": ["sans-serif"] },
      paint: { "text-color": token("--yg-ink-soft"), "text-halo-color": paper, "text-halo-width": 1.2 },
    },
    {
      id: "crowds", type: "circle", source: "points", filter: ["has", "point_count"],
      paint: { "circle-color": worst, "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 11, 100, 24], ...ring },
    },
    {
      id: "crowd-counts", type: "symbol", source: "points", filter: ["has", "point_count"],
      layout: { "text-field": ["to-string", ["get", "point_count"]], "text-size": 12, "text-font": ["sans-serif"], "text-allow-overlap": true },
      paint: { "text-color": token("--yg-on-accent") },
    },
    {
      id: "points", type: "circle", source: "points", filter: ["!", ["has", "point_count"]],
      paint: { "circle-color": colour, "circle-radius": 7, ...ring },
    },
  ];
}

function answerClicks(map, root) {
  const top = (event) => map.queryRenderedFeatures(event.point, { layers: ["points", "crowds", "grids"] })[0];
  map.on("click", async (event) => {
    const found = top(event);
    if (!found) return;
    if (found.layer.id === "points") location.assign(`${root.dataset.ygCase}${found.properties.serial}/`);
    if (found.layer.id === "grids") {
      const url = `${root.dataset.ygList}?path=${encodeURIComponent(found.properties.path)}`;
      window.htmx.ajax("GET", url, { target: "#list" }).then(() => document.getElementById("list").focus());
    }
    if (found.layer.id === "crowds") {
      const zoom = await map.getSource("points").getClusterExpansionZoom(found.properties.cluster_id);
      map.easeTo({ center: found.geometry.coordinates, zoom });
    }
  });
  map.on("mousemove", (event) => { map.getCanvas().style.cursor = top(event) ? "pointer" : ""; });
}

export async function draw(root) {
  const said = root.querySelector("[data-yg-map-said]");
  const [gl, outlines, { points, counts }] = await Promise.all([
    import(root.dataset.ygMap), read(root.dataset.ygOutlines), read(root.dataset.ygPoints),
  ]);
  gl.setWorkerUrl(new URL(root.dataset.ygWorker, location.href).href);
  withCounts(outlines, counts);
  const totals = TONES.map((tone) => [tone, ["+", ["coalesce", ["get", tone], 0]]]);
  const sources = {
    grids: { type: "geojson", data: outlines },
    names: { type: "geojson", data: names(outlines) },
    points: { type: "geojson", data: asGeoJson(points), cluster: true, clusterRadius: 36, clusterProperties: Object.fromEntries(totals) },
  };
  const most = Math.max(0, ...Object.values(counts).map(([open]) => open));
  const map = new gl.Map({
    container: root, style: { version: 8, sources, layers: layers(most) }, localIdeographFontFamily: FONT,
    bounds: bounds(outlines), fitBoundsOptions: { padding: 20 }, attributionControl: false, dragRotate: false, pitchWithRotate: false,
  });
  map.addControl(new gl.NavigationControl({ showCompass: false }));
  answerClicks(map, root);
  map.once("idle", () => { root.dataset.ygDrawn = ""; });
  said.remove();
}

for (const root of document.querySelectorAll("[data-yg-map]")) {
  draw(root).catch(() => {
    root.querySelector("[data-yg-map-said]").textContent = "这台电脑画不出地图。右边的表说的是同样的内容。";
  });
}
