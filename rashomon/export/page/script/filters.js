// The filters and the order of the list.

const form = $("#filters");
const rows = $("#rows");
const items = $$("[data-event]").map((item) => [Number(item.dataset.event), item]);
let shown = new Set(events.keys());
let order = [...events.keys()];

function passes(event) {
  const want = form.elements;
  if (want.type.value && event.type !== want.type.value) return false;
  if (want.outlet.value !== "*" && !event.outlets.includes(want.outlet.value)) return false;
  if (want.status.value && !event.status.includes(want.status.value)) return false;
  if (want.differs.checked && !event.differs) return false;
  if (want.from.value && (!event.end || event.end < want.from.value)) return false;
  if (want.to.value && (!event.start || event.start > want.to.value)) return false;
  const words = want.find.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => event.find.includes(word));
}

function filter() {
  shown = new Set([...events.keys()].filter((n) => passes(events[n])));
  for (const [n, item] of items) item.hidden = !shown.has(n);
  const all = shown.size === events.length;
  $("#count").textContent = all ? plural(events.length, "event") : `${figures.format(shown.size)} of ${plural(events.length, "event")}`;
  $("#none").hidden = shown.size > 0;
  for (const section of $$(".apart section")) section.hidden = !$("li:not([hidden])", section);
  closeHere();
  paintMap();
  paintTimeline();
}

function sort(by) {
  const day = (n) => events[n].start || "9999";
  const compare = {
    day: (a, b) => a - b,
    "-day": (a, b) => (day(a) === "9999") - (day(b) === "9999") || (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : a - b),
    voices: (a, b) => events[b].voices - events[a].voices || a - b,
  }[by];
  order = [...events.keys()].sort(compare);
  const byNumber = new Map(items.filter(([, item]) => item.parentNode === rows));
  rows.append(...order.map((n) => byNumber.get(n)));
}
