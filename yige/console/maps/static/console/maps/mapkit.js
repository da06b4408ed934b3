// What every map of the desk shares: colours out of the tokens, reading, the first view, the ground below.

export const TONES = ["late", "today", "parked", "waiting"];
export const TOKENS = { late: "--yg-red", today: "--yg-amber", parked: "--yg-ink-faint", waiting: "--yg-accent" };
const FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif";

export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const read = async (url) => (await fetch(url, { headers: { Accept: "application/json" } })).json();
export const collection = (features) => ({ type: "FeatureCollection", features });
export const place = (lon, lat, properties) => ({
  type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties,
});
export const geojson = (data, more = {}) => ({ type: "geojson", data, ...more });

export function asGeoJson(points) {
  return collection(points.map(([lon, lat, tone, serial]) =>
    place(lon, lat, { tone: TONES[tone], serial, [TONES[tone]]: 1 })));
}

/** The box around outlines, or null when there is nothing drawn. */
export function bounds(outlines) {
  const box = [180, 90, -180, -90];
  const widen = (pair) => {
    if (typeof pair[0] !== "number") return pair.forEach(widen);
    [box[0], box[1], box[2], box[3]] = [
      Math.min(box[0], pair[0]), Math.min(box[1], pair[1]), Math.max(box[2], pair[0]), Math.max(box[3], pair[1]),
    ];
  };
  outlines.features.forEach(({ geometry }) => widen(geometry.coordinates));
  return box[0] <= box[2] ? box : null;
}

export const text = (field, size, more = {}) => ({
  "text-field": field, "text-size": size, "text-font": ["sans-serif"], ...more,
});
export const halo = (colour) => ({
  "text-color": colour, "text-halo-color": token("--yg-paper"), "text-halo-width": 1.4,
});

/** Open cases as points, gathered where they crowd, in the colour of the worst among them. */
export function caseLayers() {
  const paper = token("--yg-paper");
  const tones = TONES.flatMap((tone) => [tone, token(TOKENS[tone])]);
  const colour = ["match", ["get", "tone"], ...tones, token("--yg-accent")];
  const worst = [
    "case", [">", ["get", "late"], 0], token(TOKENS.late), [">", ["get", "today"], 0], token(TOKENS.today),
    token(TOKENS.waiting),
  ];
  const ring = { "circle-stroke-color": paper, "circle-stroke-width": 1.5 };
  const radius = ["interpolate", ["linear"], ["get", "point_count"], 2, 11, 100, 24];
  return [
    {
      id: "crowds", type: "circle", source: "points", filter: ["has", "point_count"],
      paint: { "circle-color": worst, "circle-radius": radius, ...ring },
    },
    {
      id: "crowd-counts", type: "symbol", source: "points", filter: ["has", "point_count"],
      layout: text(["to-string", ["get", "point_count"]], 12, { "text-allow-overlap": true }),
      paint: { "text-color": token("--yg-on-accent") },
    },
    {
      id: "points", type: "circle", source: "points", filter: ["!", ["has", "point_count"]],
      paint: { "circle-color": colour, "circle-radius": 7, ...ring },
    },
  ];
}

export function caseSource(points) {
  const totals = TONES.map((tone) => [tone, ["+", ["coalesce", ["get", tone], 0]]]);
  const clusterProperties = Object.fromEntries(totals);
  return geojson(asGeoJson(points), { cluster: true, clusterRadius: 36, clusterProperties });
}

export async function openCrowd(map, found) {
  const zoom = await map.getSource("points").getClusterExpansionZoom(found.properties.cluster_id);
  map.easeTo({ center: found.geometry.coordinates, zoom });
}

const maps = new WeakMap();

/** Where a point of the ground lies on an element's map, in pixels from its corner. */
export function where(root, point) {
  const { x, y } = maps.get(root).project(point);
  return [x, y];
}

/** Make the map in its element; ready once everything is drawn, when the element says so for whoever waits. */
export async function startMap(root, { sources, layers, box, padding = 20 }) {
  const gl = await import(root.dataset.ygMap);
  gl.setWorkerUrl(new URL(root.dataset.ygWorker, location.href).href);
  const ground = { id: "ground", type: "background", paint: { "background-color": token("--yg-sunken") } };
  const map = new gl.Map({
    container: root, style: { version: 8, sources, layers: [ground, ...layers] }, localIdeographFontFamily: FONT,
    bounds: box || undefined, fitBoundsOptions: { padding }, attributionControl: false,
    dragRotate: false, pitchWithRotate: false, canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  maps.set(root, map);
  map.addControl(new gl.NavigationControl({ showCompass: false }));
  map.touchZoomRotate.disableRotation();
  map.once("idle", () => { root.dataset.ygDrawn = ""; });
  return map;
}

const RASTER = { vec: ["vec", "cva"], img: ["img", "cia"] };

/** Where the deployment has a key, offer the ground of 天地图 below everything; the tiles come from our own server. */
export function offerGround(map, root, choice, covered) {
  if (!choice || !root.dataset.ygTiles) return;
  map.on("error", () => {}); // a tile that is not there is no fault of the page
  const first = map.getStyle().layers[1]?.id;
  for (const layer of Object.values(RASTER).flat()) {
    const tiles = [`${location.origin}${root.dataset.ygTiles}${layer}/{z}/{x}/{y}.png`];
    map.addSource(layer, { type: "raster", tiles, tileSize: 256, minzoom: 1, maxzoom: 18 });
    map.addLayer({ id: layer, type: "raster", source: layer, layout: { visibility: "none" } }, first);
  }
  choice.hidden = false;
  choice.addEventListener("change", ({ target }) => {
    for (const [name, layers] of Object.entries(RASTER)) {
      const visibility = name === target.value ? "visible" : "none";
      for (const layer of layers) map.setLayoutProperty(layer, "visibility", visibility);
    }
    for (const layer of covered) map.setPaintProperty(layer, "fill-opacity", target.value ? 0.08 : 1);
  });
}
