// The filters and the order of the list.

const form = $("#filters");
const rows = $("#rows");
const inRows = new Map($$("[data-event]", rows).map((item) => [Number(item.dataset.event), item]));
const reasons = $$(".reasons [data-event]").map((item) => [Number(item.dataset.event), item]);
const PORTION = 300; // rows that are laid out at once: thousands would make every change slow
let limit = PORTION;
let shown = new Set(events.keys());
let order = [...events.keys()];

function passes(event) {
  const want = form.elements;
  if (want.type.value && event.type !== want.type.value) return false;
  if (want.outlet.value !== "*" && !event.outlets.includes(want.outlet.value)) return false;
  if (want.status.value && !event.status.includes(want.status.value)) return false;
  if (want.disputed.checked && !event.disputed) return false;
  if (want.from.value && (!event.end || event.end < want.from.value)) return false;
  if (want.to.value && (!event.start || event.start > want.to.value)) return false;
  const words = want.find.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => event.find.includes(word));
}

function filter() {
  shown = new Set([...events.keys()].filter((n) => passes(events[n])));
  for (const [n, item] of reasons) item.hidden = !shown.has(n);
  limit = PORTION;
  listRows();
  const all = shown.size === events.length;
  $("#count").textContent = all ? plural(events.length, "event") : `${figures.format(shown.size)} of ${plural(events.length, "event")}`;
  $("#none").hidden = shown.size > 0;
  for (const section of $$(".apart section")) section.hidden = !$("li:not([hidden])", section);
  closeHere();
  paintMap();
  paintTimeline();
}

function listRows() {
  let left = limit;
  for (const n of order) inRows.get(n).hidden = !shown.has(n) || --left < 0;
  const more = $("#more");
  more.hidden = left >= 0;
  more.textContent = `Show more (${figures.format(shown.size - limit)} left)`;
}

// The page comes with the latest first and what has no day last.
function sort(by) {
  const undated = (n) => !events[n].start;
  const compare = {
    "-day": (a, b) => a - b,
    day: (a, b) => undated(a) - undated(b) || b - a,
    voices: (a, b) => events[b].voices - events[a].voices || a - b,
  }[by];
  order = [...events.keys()].sort(compare);
  rows.append(...order.map((n) => inRows.get(n)));
  listRows();
}
