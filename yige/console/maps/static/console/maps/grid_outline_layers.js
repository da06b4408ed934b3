// What the layers of an outline's map are made of: the areas around, the drawing, its corners, their looks.
import { collection, halo, place, text, token } from "./mapkit.js";

export const cornerPoints = (corners, chosen) => collection(corners.map(
  ({ at, point }) => place(...point, { at: at.join(), chosen: at.join() === chosen }),
));

/** The name of each neighbour in the middle of its area. */
export const names = (near) => collection(near.features
  .filter(({ properties }) => properties.kind === "beside")
  .map(({ properties: { name, middle } }) => place(...middle, { name })));

export function layers() {
  const accent = token("--yg-accent"), paper = token("--yg-paper"), soft = token("--yg-line-strong");
  const of = (kind) => ["==", ["get", "kind"], kind];
  const fill = (id, filter, colour) => ({ id, type: "fill", source: "near", filter, paint: { "fill-color": colour } });
  const line = (id, source, colour, width, more = {}) => ({
    id, type: "line", source, ...more, paint: { "line-color": colour, "line-width": width },
  });
  const dot = (id, radius, colour, stroke) => ({
    id, type: "circle", source: id,
    paint: {
      "circle-radius": ["case", ["get", "chosen"], radius + 3, radius],
      "circle-color": ["case", ["get", "chosen"], token("--yg-amber"), colour],
      "circle-stroke-color": stroke, "circle-stroke-width": 2,
    },
  });
  return [
    fill("parent", of("above"), paper), fill("beside", of("beside"), token("--yg-sunken")),
    line("beside-edges", "near", soft, 1, { filter: ["!=", ["get", "kind"], "above"] }),
    line("parent-edge", "near", token("--yg-ink"), 2.5, { filter: of("above") }),
    {
      id: "names", type: "symbol", source: "names", layout: text(["get", "name"], 12),
      paint: halo(token("--yg-ink-soft")),
    },
    { id: "drawn", type: "fill", source: "drawn", paint: { "fill-color": accent, "fill-opacity": 0.16 } },
    line("drawn-edge", "line", accent, 2.5),
    dot("middles", 4, paper, accent), dot("corners", 6, accent, paper),
  ];
}
