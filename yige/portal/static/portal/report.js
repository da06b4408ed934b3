// Pointing at a place, for those who like to: the phone's position, or a touch on the outlines of the grids.

const KM_A_DEGREE = 111;
const NEAR_KM = 5; // a corner of a large grid may be this far from somebody inside it
const SVG = "http://www.w3.org/2000/svg";
const box = document.querySelector("[data-yg-place]");
if (box) start(box);

function start(box) {
  const form = box.closest("form");
  const part = (name) => box.querySelector(`[data-yg-place-${name}]`);
  const say = (words) => { part("said").textContent = words; };
  const put = (lon, lat, accuracy) => {
    form.elements.lon.value = lon.toFixed(6);
    form.elements.lat.value = lat.toFixed(6);
    form.elements.accuracy.value = accuracy === undefined ? "" : Math.round(accuracy);
  };
  box.hidden = false;
  if (form.elements.lon.value) say("已记下您选的位置。");
  if (!("geolocation" in navigator) || !window.isSecureContext) part("here").hidden = true;

  part("here").addEventListener("click", () => {
    say("正在取位置…");
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        const far = await kilometresAway(box.dataset.ygPlace, coords.longitude, coords.latitude);
        if (far > NEAR_KM) {
          say(`您现在离本辖区约 ${Math.round(far)} 公里，这个位置没有用。请在列表里选网格，写清楚地方。`);
          return;
        }
        put(coords.longitude, coords.latitude, coords.accuracy);
        say(`已取到位置，误差约 ${Math.round(coords.accuracy)} 米。只用这一次，不会跟踪您。`);
      },
      () => say("没有取到位置。没关系，请在列表里选网格，写清楚地方。"),
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
    );
  });
  part("map").addEventListener("click", async () => {
    const drawing = part("drawing");
    if (!drawing.firstChild) {
      say("正在打开图…");
      try {
        const answer = await fetch(box.dataset.ygPlace);
        draw(drawing, (await answer.json()).grids, (lon, lat, name) => {
          put(lon, lat);
          say(name ? `您点在${name}。点错了，再点一下就行。` : "这个位置不在本辖区，请点在图里，或从列表里选。");
        });
      } catch {
        say("图没有打开。没关系，请从列表里选网格。");
        return;
      }
    }
    drawing.hidden = false;
    say("请在图上点一下出问题的地方。");
  });
}

// How far a position lies from the nearest corner of the area; 0 when the outlines cannot be had: the server asks then.
async function kilometresAway(address, lon, lat) {
  try {
    const { grids } = await (await fetch(address)).json();
    const narrow = Math.cos(lat * (Math.PI / 180));
    const degrees = grids.flatMap((grid) => grid.rings.flat())
      .map(([east, north]) => Math.hypot((east - lon) * narrow, north - lat));
    return degrees.length ? Math.min(...degrees) * KM_A_DEGREE : 0;
  } catch {
    return 0;
  }
}

function draw(place, grids, chosen) {
  const points = grids.flatMap((grid) => grid.rings.flat());
  if (!points.length) throw new Error("no outlines");
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = 1000 / ((east - west) * narrow);
  const x = (lon) => (lon - west) * narrow * scale;
  const y = (lat) => (north - lat) * scale;
  const viewBox = `-10 -10 1020 ${(north - south) * scale + 20}`;
  const svg = element("svg", { viewBox, role: "img", "aria-label": "网格图，点一下选位置" });
  for (const grid of grids) {
    const corner = ([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`;
    const path = grid.rings.map((ring) => `M${ring.map(corner).join("L")}Z`).join("");
    const shape = element("path", { d: path });
    shape.dataset.name = grid.name;
    shape.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: grid.name }));
    svg.append(shape);
  }
  const pin = element("circle", { r: 14, visibility: "hidden" });
  svg.append(pin);
  svg.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    pin.setAttribute("cx", at.x);
    pin.setAttribute("cy", at.y);
    pin.setAttribute("visibility", "visible");
    for (const shape of svg.querySelectorAll("path")) shape.toggleAttribute("data-chosen", shape === event.target);
    chosen(west + at.x / (narrow * scale), north - at.y / scale, event.target.dataset.name);
  });
  place.append(svg);
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
