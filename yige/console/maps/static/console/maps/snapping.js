// Where a point belongs when it is let go near a line: on the nearest corner within reach, else on the nearest edge.
// Pure: degrees in, degrees out, distances in metres.

const METRES_A_DEGREE = 111319.49;
const round = (number) => Math.round(number * 1e7) / 1e7;

/** Degrees to metres around a point, flat enough for a district. */
function flatAt([lon, lat]) {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  return ([x, y]) => [(x - lon) * METRES_A_DEGREE * squeeze, (y - lat) * METRES_A_DEGREE];
}

/** All rings of a GeoJSON polygon, multipolygon or collection of them, closed as they come. */
export function ringsOf(drawn) {
  if (!drawn) return [];
  if (drawn.type === "FeatureCollection") return drawn.features.flatMap(({ geometry }) => ringsOf(geometry));
  return drawn.type === "MultiPolygon" ? drawn.coordinates.flat() : drawn.type === "Polygon" ? drawn.coordinates : [];
}

/** The nearest point of a segment to the origin, and how far along it lies (0 to 1). */
function foot([ax, ay], [bx, by]) {
  const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0;
  return { along, away: Math.hypot(ax + along * dx, ay + along * dy) };
}

/** Return {point, kind} with kind corner, edge or null where nothing is near enough and the point stays. */
export function snap(point, rings, metres) {
  const flat = flatAt(point);
  let corner = null, edge = null;
  for (const ring of rings) {
    for (const [index, from] of ring.entries()) {
      const here = flat(from), away = Math.hypot(...here);
      if (away <= metres && (!corner || away < corner.away)) corner = { away, point: from };
      const to = ring[index + 1];
      if (!to) continue;
      const near = foot(here, flat(to));
      if (near.away > metres || (edge && near.away >= edge.away)) continue;
      edge = { away: near.away, point: [0, 1].map((axis) => from[axis] + near.along * (to[axis] - from[axis])) };
    }
  }
  const found = corner || edge;
  return { point: (found ? found.point : point).map(round), kind: corner ? "corner" : edge ? "edge" : null };
}
