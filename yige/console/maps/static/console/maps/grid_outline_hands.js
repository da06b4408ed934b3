// What hands do on the page of an outline: drag, click and keys on the map, the buttons and the list of corners.
import { polygonsOf } from "./drawing.js";

const TOLD = { corner: "贴到了旁边的一个角上。", edge: "贴到了旁边的边上。" };

export function answerButtons(page) {
  const { find, drawing } = page;
  const typed = () => [find("lon"), find("lat")].map((field) => Number(field.value.trim() || NaN));
  const placed = (act) => {
    const [lon, lat] = typed();
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return page.say("请填写经度和纬度，如 113.291410 和 34.806310。");
    act([lon, lat]);
    return page.changed();
  };
  find("corners").addEventListener("change", ({ target }) => page.choose(target.value));
  find("move").addEventListener("click", () => placed((point) =>
    (page.chosen ? drawing.move(page.at, point) : drawing.append(point))));
  find("add").addEventListener("click", () => placed((point) => {
    if (!page.chosen) return drawing.append(point);
    const [p, r, i] = page.at;
    drawing.addAfter([p, r, i], point);
    page.chosen = [p, r, i + 1].join();
  }));
  const remove = () => page.changed(page.chosen && !drawing.remove(page.at) ? "一块地至少要有三个角。" : "");
  find("remove").addEventListener("click", remove);
  find("undo").addEventListener("click", () => { drawing.undo(); page.changed(); });
  find("redo").addEventListener("click", () => { drawing.redo(); page.changed(); });
  find("clear").addEventListener("click", () => { drawing.replace([]); page.changed("在图上依次点出各个角，或在左边填经纬度加点。"); });
  page.area.addEventListener("input", () => {
    const read = page.form.querySelector("[name=crs]").value === "wgs84" && polygonsOf(page.area.value);
    if (!read) return;
    drawing.replace(read);
    page.changed();
  });
  page.form.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea")) return;
    const z = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (z && event.shiftKey) drawing.redo();
    else if (z) drawing.undo();
    else if (event.key === "Delete") return remove();
    else return;
    event.preventDefault();
    page.changed();
  });
}

export function answerMap(page) {
  const { map, drawing } = page;
  let drag = null;
  const top = (event) => map.queryRenderedFeatures(event.point, { layers: ["corners", "middles"] })[0];
  const begin = (event) => {
    const found = top(event);
    if (!found || (event.points && event.points.length > 1)) return;
    event.preventDefault();
    drag = { at: found.properties.at, middle: found.layer.id === "middles", moved: false };
    if (!drag.middle) page.choose(drag.at);
    map.dragPan.disable();
  };
  const go = (event) => {
    if (!drag) return void (map.getCanvas().style.cursor = top(event) ? "move" : drawing.isWhole ? "" : "crosshair");
    if (drag.middle && !drag.moved) {
      const [p, r, i] = drag.at.split(",").map(Number);
      drawing.addAfter([p, r, i], [event.lngLat.lng, event.lngLat.lat]);
      drag.at = page.chosen = [p, r, i + 1].join();
    }
    drag.moved = true;
    drag.last = page.settle(event.lngLat);
    page.show({ at: drag.at, point: drag.last.point });
  };
  const end = () => {
    if (!drag) return;
    const { moved, middle, at, last } = drag;
    drag = null;
    map.dragPan.enable();
    if (!moved) return;
    if (middle) drawing.undo(); // the pulled-out corner and its move are one step
    const [p, r, i] = at.split(",").map(Number);
    if (middle) drawing.addAfter([p, r, i - 1], last.point);
    else drawing.move([p, r, i], last.point);
    page.chosen = at;
    page.changed(TOLD[last.kind] || "");
  };
  const acts = [
    ["mousedown", begin], ["touchstart", begin], ["mousemove", go], ["touchmove", go],
    ["mouseup", end], ["touchend", end], ["touchcancel", end],
  ];
  for (const [name, act] of acts) map.on(name, act);
  map.on("click", (event) => {
    if (top(event) || (drawing.polygons.length && page.closed)) return;
    const { point, kind } = page.settle(event.lngLat);
    drawing.append(point);
    page.chosen = "";
    page.changed(TOLD[kind] || "");
  });
  page.closed = drawing.isWhole;
  page.find("clear").addEventListener("click", () => { page.closed = false; });
}
