// What the layers of the people's map are made of: the words in the middle of areas, points of places, their looks.
import { caseLayers, collection, halo, place, text, token } from "./mapkit.js";

const LATE = 1, DUE = 3, BROKEN = 4, SERVICES = 5;
const ZOOMS = { 2: [0, 12.6], 3: [12.6, 14.6], 4: [14.6, 24] };
export const SHOWN = {
  grids: [], late: ["late"], promises: [], buildings: ["buildings", "building-counts"], labels: [],
  cases: ["points", "crowds", "crowd-counts"], things: ["things", "thing-names"],
  organisations: ["organisations", "organisation-names"],
};

/** One point in the middle of each area with the words that the chosen layers put there. */
export function areaWords(outlines, areas, chosen) {
  return collection(outlines.features.map(({ properties: { path, level, name, middle } }) => {
    const told = areas[path];
    const lines = chosen.has("grids") ? [name] : [];
    if (told && chosen.has("late") && told[LATE] && told[LATE] !== "0") lines.push(`久未走访 ${told[LATE]}`);
    if (told && chosen.has("promises") && told[BROKEN]) lines.push(`承诺已过期 ${told[BROKEN]}`);
    if (told && chosen.has("promises") && told[DUE]) lines.push(`承诺快到期 ${told[DUE]}`);
    if (told && chosen.has("labels") && told[SERVICES]) lines.push(...told[SERVICES].split("，"));
    return place(...middle, { level, words: lines.join("\n") });
  }));
}

export function buildingPoints(rows) {
  return collection(rows.map(([id, lon, lat, name, homes]) =>
    place(lon, lat, { id, name, homes, count: homes ? `${homes}` : "" })));
}

export const places = (rows) => collection(rows.map(([lon, lat, name, ...rest]) =>
  place(lon, lat, { name, rest: rest.filter(Boolean).join(" · ") })));

export function layers() {
  const ink = token("--yg-ink"), soft = token("--yg-ink-soft"), paper = token("--yg-paper");
  const line = (level, width, colour) => ({
    id: `edges-${level}`, type: "line", source: "outlines", filter: ["==", ["get", "level"], level],
    minzoom: level === 4 ? 13.4 : 0, paint: { "line-color": colour, "line-width": width },
  });
  const words = (level) => ({
    id: `words-${level}`, type: "symbol", source: "words", filter: ["==", ["get", "level"], level],
    minzoom: ZOOMS[level][0], maxzoom: ZOOMS[level][1], paint: halo(soft),
    layout: text(["get", "words"], 12, { "text-padding": 1 }),
  });
  const dot = (id, colour, radius, minzoom, stroke = paper, width = 1.5) => ({
    id, type: "circle", source: id, minzoom,
    paint: {
      "circle-color": colour, "circle-radius": radius, "circle-stroke-color": stroke, "circle-stroke-width": width,
    },
  });
  const below = (id, source, field, minzoom, offset) => ({
    id, type: "symbol", source, minzoom, paint: halo(ink),
    layout: text(["get", field], 12, { "text-anchor": "top", "text-offset": [0, offset] }),
  });
  const homes = (least, most) => ["interpolate", ["linear"], ["get", "homes"], 0, least, 60, most];
  const size = ["interpolate", ["linear"], ["zoom"], 14, homes(3, 8), 17, homes(10, 20)];
  return [
    { id: "areas", type: "fill", source: "outlines", paint: { "fill-color": paper } },
    {
      id: "late", type: "fill", source: "outlines", filter: [">", ["get", "step"], 0],
      paint: {
        "fill-color": token("--yg-amber"),
        "fill-opacity": ["*", ["get", "step"], 0.14],
      },
    },
    line(4, 0.7, token("--yg-line-strong")), line(3, 1.6, token("--yg-accent")),
    line(2, 3, token("--yg-accent-strong")),
    dot("things", token("--yg-ink-faint"), 4, 14.5), dot("organisations", token("--yg-green"), 5, 14),
    dot("buildings", token("--yg-accent-soft"), size, 13.6, token("--yg-accent"), 1.2),
    {
      id: "building-counts", type: "symbol", source: "buildings", minzoom: 15, paint: { "text-color": ink },
      layout: text(["get", "count"], 12, { "text-allow-overlap": true }),
    },
    below("thing-names", "things", "name", 16.5, 0.5),
    below("organisation-names", "organisations", "name", 16, 0.6),
    ...caseLayers(), words(2), words(3), words(4),
  ];
}
