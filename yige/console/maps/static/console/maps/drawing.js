// A polygon that is being drawn, with every step kept: pure, without a map. A corner is named [polygon, ring, index].

const round = (number) => Math.round(number * 1e7) / 1e7;
const open = (ring) => (ring.length > 1 && String(ring[0]) === String(ring.at(-1)) ? ring.slice(0, -1) : ring);
const closed = (ring) => [...ring, ring[0]];

/** Read GeoJSON text into open rings; null when it holds no polygon. */
export function polygonsOf(text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    return null;
  }
  if (told?.type === "FeatureCollection" && told.features?.length === 1) [told] = told.features;
  if (told?.type === "Feature") told = told.geometry;
  const whole = { Polygon: [told?.coordinates], MultiPolygon: told?.coordinates }[told?.type];
  const isPair = (pair) => Array.isArray(pair) && pair.slice(0, 2).every(Number.isFinite);
  const isRing = (ring) => Array.isArray(ring) && ring.every(isPair);
  const isPolygon = (polygon) => Array.isArray(polygon) && polygon.length > 0 && polygon.every(isRing);
  const sound = Array.isArray(whole) && whole.every(isPolygon);
  return sound ? whole.map((polygon) => polygon.map((ring) => open(ring).map((pair) => pair.slice(0, 2)))) : null;
}

export class Drawing {
  constructor(polygons) {
    this.steps = [polygons || []];
    this.now = 0;
  }

  get polygons() { return this.steps[this.now]; }
  get canUndo() { return this.now > 0; }
  get canRedo() { return this.now < this.steps.length - 1; }
  get corners() {
    return this.polygons.flatMap((polygon, p) =>
      polygon.flatMap((ring, r) => ring.map((point, i) => ({ at: [p, r, i], point }))));
  }

  /** The middle of every edge: where a new corner can be pulled out. */
  get middles() {
    const halfway = (ring, i) => {
      const from = ring[i], to = ring[(i + 1) % ring.length];
      return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    };
    return this.polygons.flatMap((polygon, p) => polygon.flatMap((ring, r) =>
      (ring.length < 2 ? [] : ring.map((_, i) => ({ at: [p, r, i], point: halfway(ring, i) })))));
  }

  get isWhole() {
    return this.polygons.length > 0 && this.polygons.every((polygon) => polygon.every((ring) => ring.length > 2));
  }

  get geometry() {
    if (!this.isWhole) return null;
    const whole = this.polygons.map((polygon) => polygon.map(closed));
    if (whole.length === 1) return { type: "Polygon", coordinates: whole[0] };
    return { type: "MultiPolygon", coordinates: whole };
  }

  /** Take a step: a changed copy becomes the present, and what was undone before is forgotten. */
  step(change) {
    const next = structuredClone(this.polygons);
    change(next);
    this.steps = [...this.steps.slice(0, this.now + 1), next].slice(-200);
    this.now = this.steps.length - 1;
  }

  undo() { if (this.canUndo) this.now -= 1; }
  redo() { if (this.canRedo) this.now += 1; }
  replace(polygons) { this.step((next) => next.splice(0, next.length, ...polygons)); }
  move([p, r, i], point) { this.step((next) => { next[p][r][i] = point.map(round); }); }
  addAfter([p, r, i], point) { this.step((next) => next[p][r].splice(i + 1, 0, point.map(round))); }

  /** Put one more corner at the end of what is being drawn for the first time. */
  append(point) {
    this.step((next) => {
      if (!next.length) next.push([[]]);
      next[0][0].push(point.map(round));
    });
  }

  /** Take a corner out; false where a ring would be left with less than three. */
  remove([p, r, i]) {
    if (this.polygons[p][r].length <= 3) return false;
    this.step((next) => next[p][r].splice(i, 1));
    return true;
  }
}
