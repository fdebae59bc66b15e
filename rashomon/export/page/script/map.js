// The map: symbols that keep their size, names that do not collide, and what is at a spot.

const map = $("#map");
const stage = $("#zoom");
const [, , mapWidth, mapHeight] = map.getAttribute("viewBox").split(" ").map(Number);
const spots = $$(".spot", map).map((element) => ({
  element,
  x: Number(element.dataset.x),
  y: Number(element.dataset.y),
  events: data.markers[Number(element.dataset.spot)],
  name: element.getAttribute("aria-label").replace(/: [^:]*$/, ""),
  near: element.classList.contains("near"),
  count: 0,
  radius: 0,
  members: [],
}));
const areas = $$("a.area", map).map((element) => ({
  element,
  events: data.areas[Number(element.dataset.area)],
  name: element.getAttribute("aria-label").replace(/: [^:]*$/, ""),
}));
const names = $$(".name", map).map((element) => ({
  element,
  x: Number(element.dataset.x),
  y: Number(element.dataset.y),
  spot: element.dataset.spot === undefined ? null : spots[Number(element.dataset.spot)],
  width: element.textContent.trim().length * (element.classList.contains("country") ? 11 : 7),
}));
let view = d3.zoomIdentity;
const CLOSEST = 60;
const [west, north, east, south] = map.dataset.whole.split(" ").map(Number);
const FARTHEST = Math.min(mapWidth / (east - west), mapHeight / (south - north), 1);
const everything = d3.zoomIdentity.translate(mapWidth / 2, mapHeight / 2).scale(FARTHEST).translate(-(west + east) / 2, -(north + south) / 2);
const unit = () => Math.max(mapWidth / (map.clientWidth || mapWidth), mapHeight / (map.clientHeight || mapHeight));

function paintMap() {
  for (const spot of spots) spot.count = spot.events.filter((n) => shown.has(n)).length;
  const most = Math.max(4, ...areas.map((area) => area.events.length));
  for (const area of areas) {
    const count = area.events.filter((n) => shown.has(n)).length;
    area.element.classList.toggle("off", !count);
    area.element.setAttribute("fill-opacity", 0.08 + 0.24 * (count / most));
    area.element.setAttribute("aria-label", `${area.name}: ${plural(count, "event")}`);
  }
  placeSymbols();
}

const radiusOf = (count) => Math.min(6 + 3 * Math.log2(count), 30);

// Spots that would lie on one another are drawn as one, which counts them all and comes apart as the map grows.
function gather(size) {
  const leads = [];
  for (const spot of spots) Object.assign(spot, { radius: 0, members: [] });
  for (const spot of spots.filter((s) => s.count).sort((a, b) => b.count - a.count)) {
    const own = radiusOf(spot.count);
    const lead = leads.find((each) => Math.hypot(each.x - spot.x, each.y - spot.y) < (each.radius + own) * 0.85 * size);
    (lead ?? spot).members.push(spot);
    if (!lead) {
      spot.radius = own;
      leads.push(spot);
    }
  }
  for (const spot of spots) {
    const count = spot.members.reduce((sum, each) => sum + each.count, 0);
    spot.element.classList.toggle("off", !count);
    if (!count) continue;
    spot.radius = radiusOf(count);
    spot.element.classList.toggle("near", spot.members.every((each) => each.near));
    $("circle", spot.element).setAttribute("r", spot.radius);
    $("text", spot.element).textContent = count > 1 ? count : "";
    const others = spot.members.length - 1;
    const place = others ? `${spot.name} and ${plural(others, "place")} close by` : spot.name;
    spot.element.setAttribute("aria-label", `${place}: ${plural(count, "event")}`);
  }
}

// Symbols and names keep their size while the map grows; a name that would lie on another one is left out.
function placeSymbols() {
  const size = unit() / view.k;
  gather(size);
  for (const { element, x, y } of spots) element.setAttribute("transform", `translate(${x},${y}) scale(${size})`);
  const taken = spots.filter((s) => s.radius).map((s) => box(s, -s.radius, -s.radius, 2 * s.radius, 2 * s.radius, size));
  const [left, right] = [view.invertX(0), view.invertX(mapWidth)];
  for (const name of names) {
    const spot = name.spot;
    const offsets = spot ? [spot.radius + 4, -spot.radius - 4 - name.width] : [-name.width / 2];
    const fits = (dx) => {
      const here = box(name, dx, -8, name.width, 16, size);
      return here[0] >= left && here[2] <= right && !taken.some((other) => overlap(here, other));
    };
    const dx = spot && !spot.radius ? undefined : offsets.find(fits);
    name.element.classList.toggle("out", dx === undefined);
    if (dx === undefined) continue;
    taken.push(box(name, dx, -8, name.width, 16, size));
    name.element.setAttribute("transform", `translate(${name.x},${name.y}) scale(${size}) translate(${spot ? dx : 0},4)`);
    name.element.setAttribute("x", 0);
    name.element.setAttribute("y", 0);
  }
  tellOutside();
}

// What the view leaves out is said, so that nobody takes the first view for all there is.
const outside = $("#outside");
const elsewhere = $("button", outside);
function tellOutside() {
  const beside = Math.max(0, (map.clientWidth * unit() - mapWidth) / 2); // a low window shows more to the sides
  const away = spots.filter((spot) => {
    const [x, y] = view.apply([spot.x, spot.y]);
    return spot.count && (x < -beside || y < 0 || x > mapWidth + beside || y > mapHeight);
  }).length;
  $("span", outside).textContent = away ? `${plural(away, "place")} outside this view` : "";
  elsewhere.textContent = away ? "show all" : "show where most are";
  elsewhere.hidden = false;
  outside.hidden = !away && view.k >= 1;
}
const box = (at, dx, dy, width, height, size) => [at.x + dx * size, at.y + dy * size, at.x + (dx + width) * size, at.y + (dy + height) * size];
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// The wheel and a single finger belong to the page, so that nobody is caught in the map while reading on.
function mayMove(event) {
  if (event.type === "wheel") return event.ctrlKey || event.metaKey;
  if (event.type === "touchstart") return event.touches.length > 1 || view.k !== 1;
  return !event.button;
}

const zoom = d3.zoom()
  .scaleExtent([FARTHEST, CLOSEST])
  .translateExtent([
    [Math.min(west, -mapWidth * 0.5), Math.min(north, -mapHeight * 0.5)],
    [Math.max(east, mapWidth * 1.5), Math.max(south, mapHeight * 1.5)],
  ])
  .filter(mayMove)
  .clickDistance(4)
  .on("zoom", ({ transform }) => {
    view = transform;
    stage.setAttribute("transform", transform);
    map.classList.toggle("closer", transform.k !== 1);
    placeSymbols();
  });
// Going closer by button keeps the events nearest to the middle in sight.
function middle() {
  const centre = [mapWidth / 2, mapHeight / 2];
  const seen = spots.filter((s) => s.radius).map((s) => view.apply([s.x, s.y]));
  const distance = ([x, y]) => Math.hypot(x - centre[0], y - centre[1]);
  return seen.reduce((best, each) => (distance(each) < distance(best) ? each : best), seen[0] ?? centre);
}

const canvas = d3.select(map).call(zoom).on("dblclick.zoom", null);
for (const button of $$("[data-zoom]")) {
  button.addEventListener("click", () => {
    if (button.dataset.zoom === "all") canvas.call(zoom.transform, everything);
    else canvas.call(zoom.scaleBy, button.dataset.zoom === "in" ? 1.8 : 1 / 1.8, middle());
  });
}
elsewhere.addEventListener("click", () => {
  canvas.call(zoom.transform, elsewhere.textContent === "show all" ? everything : d3.zoomIdentity);
});

// A spot opens what is there; several drawn as one come closer first, until they are apart or cannot be.
map.addEventListener("click", (click) => {
  const link = click.target.closest("a");
  if (!link) return closeHere();
  click.preventDefault();
  const area = areas.find((each) => each.element === link);
  if (area) return openHere([area], click);
  const { members } = spots.find((each) => each.element === link);
  const [xs, ys] = [members.map((m) => m.x), members.map((m) => m.y)];
  const wide = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), mapWidth / CLOSEST / 3);
  const k = Math.min(CLOSEST, (0.5 * mapHeight) / wide);
  if (members.length < 2 || k <= view.k * 1.2) return openHere(members, click);
  const [x, y] = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
  canvas.call(zoom.transform, d3.zoomIdentity.translate(mapWidth / 2 - k * x, mapHeight / 2 - k * y).scale(k));
});

const here = $("#here");
let openedBy = null;
function openHere(places, click) {
  closeHere();
  const found = places.map((place) => place.events.filter((n) => shown.has(n)));
  const close = make("button", { type: "button", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => closeHere(true));
  here.append(make("div", { class: "top" }, make("h3", {}, places.map((p) => p.name).join(", ")), close));
  const list = make("ul");
  for (const n of found.flat()) list.append(make("li", {}, make("a", { href: hrefOf(events[n]) }, events[n].title)));
  here.append(list);
  here.hidden = false;
  for (const place of places) place.element.classList.add("chosen");
  openedBy = places[0].element;
  if (!click.detail) $("a", list)?.focus();
}
function closeHere(back) {
  here.hidden = true;
  here.replaceChildren();
  for (const element of $$(".chosen", map)) element.classList.remove("chosen");
  if (back === true) openedBy?.focus();
  openedBy = null;
}
here.addEventListener("keydown", (key) => key.key === "Escape" && closeHere(true));
