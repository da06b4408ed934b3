// The page of an outline: the drawing on the map, the list of its corners, and the text that is sent say the same.
import { bounds, collection, geojson, offerGround, startMap } from "./mapkit.js";
import { cornerPoints, layers, names } from "./grid_outline_layers.js";
import { Drawing, polygonsOf } from "./drawing.js";
import { ringsOf, snap } from "./snapping.js";

const PIXELS = 12;

const near = JSON.parse(document.getElementById("near").textContent);

class Page {
  constructor(form) {
    this.form = form;
    this.find = (name) => form.querySelector(`[data-yg-${name}]`);
    this.area = form.querySelector("[name=shape]");
    this.drawing = new Drawing(polygonsOf(this.area.value));
    this.chosen = "";
  }

  get at() { return this.chosen.split(",").map(Number); }
  say(sentence) { this.find("said-here").textContent = sentence; }

  /** Show the present step everywhere; `drag` is a corner on its way, which is no step yet. */
  show(drag) {
    const { polygons, geometry, corners, middles } = this.drawing;
    const at = ({ at: name, point }) => (drag && drag.at === name.join() ? drag.point : point);
    const moved = corners.map((corner) => ({ ...corner, point: at(corner) }));
    const ring = (p, r) => moved.filter(({ at: [a, b] }) => a === p && b === r).map(({ point }) => point);
    const lines = polygons.flatMap((polygon, p) =>
      polygon.map((_, r) => ring(p, r)).filter((line) => line.length > 1).map((line) => [...line, line[0]]));
    this.map.getSource("line").setData({ type: "MultiLineString", coordinates: lines });
    const dragged = { type: "MultiPolygon", coordinates: lines.map((line) => [line]) };
    this.map.getSource("drawn").setData(drag ? dragged : geometry || collection([]));
    this.map.getSource("corners").setData(cornerPoints(moved, this.chosen));
    this.map.getSource("middles").setData(cornerPoints(drag ? [] : middles, ""));
  }

  /** After a step: the list, the text, the buttons, and the server's word on it. */
  changed(sentence = "") {
    const { corners, geometry, canUndo, canRedo, polygons } = this.drawing;
    const isThere = corners.some(({ at }) => at.join() === this.chosen);
    if (!isThere) this.chosen = corners.length ? corners.at(-1).at.join() : "";
    const name = ([p, r, i]) => `${polygons.length > 1 ? `第 ${p + 1} 块 ` : ""}${r ? `洞 ${r} ` : ""}${i + 1}`;
    const words = ({ at, point }) => `${name(at)}：${point[0].toFixed(6)}, ${point[1].toFixed(6)}`;
    this.find("corners").replaceChildren(...corners.map((corner) =>
      new Option(words(corner), corner.at.join(), false, corner.at.join() === this.chosen)));
    this.area.value = geometry ? JSON.stringify(geometry) : "";
    this.form.querySelector("[name=crs]").value = "wgs84";
    this.find("undo").disabled = !canUndo;
    this.find("redo").disabled = !canRedo;
    this.choose(this.chosen);
    this.say(sentence);
    clearTimeout(this.wait);
    if (geometry) this.wait = setTimeout(() => this.ask(), 500);
  }

  choose(name) {
    this.chosen = name;
    const corner = this.drawing.corners.find(({ at }) => at.join() === name);
    this.find("corners").value = name;
    this.find("lon").value = corner ? corner.point[0] : "";
    this.find("lat").value = corner ? corner.point[1] : "";
    this.show();
  }

  ask() {
    const { shape, crs, csrfmiddlewaretoken } = Object.fromEntries(new FormData(this.form));
    const values = { shape, crs, csrfmiddlewaretoken, do: "check" };
    window.htmx.ajax("POST", this.form.action, { target: "#said", values });
  }

  /** Put a point where it belongs: on a line of the neighbours or the parent when it is near enough. */
  settle({ lng, lat }) {
    if (!this.find("snap").checked) return { point: [lng, lat], kind: null };
    const metres = (PIXELS * 40075016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom());
    const around = near.features.filter(({ properties }) => properties.kind !== "below");
    return snap([lng, lat], ringsOf(collection(around)), metres);
  }
}

export async function draw(form) {
  const { answerButtons, answerMap } = await import("./grid_outline_hands.js");
  const page = new Page(form), root = form.querySelector("[data-yg-outline-map]");
  const own = page.drawing.geometry, all = [...near.features, ...(own ? [{ geometry: own }] : [])];
  const here = own ? [{ geometry: own }] : near.features.filter(({ properties }) => properties.kind === "above");
  const empty = () => geojson(collection([]));
  const sources = {
    near: geojson(near), names: geojson(names(near)),
    drawn: empty(), line: empty(), corners: empty(), middles: empty(),
  };
  const box = bounds(collection(here.length ? here : all));
  page.map = await startMap(root, { sources, layers: layers(), box, padding: 60 });
  await new Promise((done) => { page.map.once("load", done); });
  for (const part of form.querySelectorAll("[data-yg-tools], [data-yg-corners-part]")) part.hidden = false;
  answerButtons(page);
  answerMap(page);
  offerGround(page.map, root, form.querySelector("[data-yg-ground]"), ["parent", "beside"]);
  const typed = page.area.value, said = form.querySelector("[name=crs]").value;
  page.changed();
  clearTimeout(page.wait);
  if (!page.drawing.geometry) [page.area.value, form.querySelector("[name=crs]").value] = [typed, said];
  root.querySelector("[data-yg-map-said]").remove();
}

for (const form of document.querySelectorAll("[data-yg-drawing]")) {
  draw(form).catch(() => {
    form.querySelector("[data-yg-map-said]").textContent = "这台电脑画不出地图。请粘贴或上传 GeoJSON。";
  });
}
