// The timeline: columns of days, weeks, months or years, drawn anew for the days that are asked for.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const toDay = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY);
const toDate = (day) => new Date(day * DAY);
const toText = (day) => toDate(day).toISOString().slice(0, 10);
const months = (date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
const ofMonth = (month) => Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / DAY;
const inWords = (day) => ((d) => `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`)(toDate(day));
const dated = events.map((event, n) => ({ n, event })).filter(({ event }) => event.start)
  .map(({ n, event }) => ({ n, family: event.family, start: toDay(event.start), end: toDay(event.end || event.start) }));

// A step starts a column: each is one day, a week from Monday, one or three months, or a year.
const STEPS = [
  { days: 1, first: (day) => day, next: (day) => day + 1 },
  { days: 7, first: (day) => day - ((((day + 3) % 7) + 7) % 7), next: (day) => day + 7 },
  ...[1, 3, 12].map((n) => ({
    days: 30 * n,
    first: (day) => ofMonth(Math.floor(months(toDate(day)) / n) * n),
    next: (day) => ofMonth(months(toDate(day)) + n),
  })),
];

function columns(from, to, most) {
  const step = STEPS.find((each) => (to - from) / each.days < most) || STEPS.at(-1);
  const found = [];
  for (let day = step.first(from); day <= to; day = step.next(day)) found.push({ from: day, to: step.next(day) - 1 });
  return found;
}

// Reports look back: a few events of long ago would leave no room for the rest, so the drawing begins with most of them.
const starts = dated.map((d) => d.start).sort((a, b) => a - b);
const everyDay = [starts[0], Math.max(...dated.map((d) => d.end))];
const mostDays = (() => {
  const part = [starts[Math.floor(starts.length * 0.05)], Math.max(starts[Math.floor(starts.length * 0.99)], starts.at(-1) - 31)];
  return everyDay[1] - everyDay[0] > 3 * (part[1] - part[0]) && starts.length > 20 ? part : everyDay;
})();
let whole = false;

const timeline = $("#timeline");
let focusedBar = 0;
function paintTimeline() {
  timeline.replaceChildren();
  if (!dated.length) {
    timeline.append(make("p", { class: "caption" }, "No event has a day."));
    stick();
    return;
  }
  const asked = [form.elements.from.value, form.elements.to.value].map((value) => (value ? toDay(value) : null));
  const full = whole ? everyDay : mostDays;
  let [from, to] = [asked[0] ?? full[0], asked[1] ?? full[1]];
  const short = 13 - (to - from);
  if (short > 0) [from, to] = [from - Math.ceil(short / 2), to + Math.floor(short / 2)];
  const width = timeline.clientWidth || 600;
  const label = width < 480 ? 0 : 138;
  const bins = columns(from, to, Math.max(8, Math.floor((width - label) / 6)));
  const lanes = data.families.filter(([id]) => dated.some((d) => d.family === id));
  const high = 34;
  const gap = label ? 10 : 24;
  const top = label ? 4 : 18;
  const column = (width - label) / bins.length;
  const height = top + lanes.length * (high + gap) + 22;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Events by day; a bar sets the filter to its days" });
  const counted = lanes.map(([id]) => bins.map((bin) => {
    const touching = dated.filter((d) => d.family === id && shown.has(d.n) && d.start <= bin.to && d.end >= bin.from);
    const sure = touching.filter((d) => d.start >= bin.from && d.end <= bin.to).length;
    return { sure, long: touching.length - sure };
  }));
  const most = Math.max(1, ...counted.flat().map((c) => c.sure + c.long));
  lanes.forEach(([, name], lane) => {
    const base = top + lane * (high + gap) + high;
    svg.append(draw("line", { x1: 0, x2: width, y1: base + 0.5, y2: base + 0.5 }));
    svg.append(draw("text", { class: "lane", x: 0, y: label ? base - 4 : base - high - 5 }, name));
    bins.forEach((bin, i) => {
      const { sure, long } = counted[lane][i];
      if (!sure && !long) return;
      const x = label + i * column;
      const wide = Math.max(column - (column > 5 ? 1.5 : 0.5), 1);
      const scale = (n) => (n ? Math.max((n / most) * high, 2.5) : 0);
      const days = bin.from === bin.to ? inWords(bin.from) : `${inWords(bin.from)} to ${inWords(bin.to)}`;
      const words = `${days}, ${name}: ${plural(sure, "event")}` + (long ? ` and ${long} over a longer time` : "");
      const bar = draw("g", { class: "bar", role: "button", tabindex: "-1", "aria-label": words, "data-from": bin.from, "data-to": bin.to },
        draw("title", {}, words),
        draw("rect", { class: "long", x, y: base - scale(sure) - scale(long), width: wide, height: scale(long) }),
        draw("rect", { class: "sure", x, y: base - scale(sure), width: wide, height: scale(sure) }),
        draw("rect", { class: "hit", x, y: base - high, width: wide, height: high }));
      bar.classList.toggle("off", (asked[0] !== null && bin.to < asked[0]) || (asked[1] !== null && bin.from > asked[1]));
      svg.append(bar);
    });
  });
  axis(svg, bins, label, column, height - 6, width);
  timeline.append(svg, caption(asked.some((day) => day !== null)));
  const bars = $$(".bar", svg);
  focusedBar = Math.min(focusedBar, Math.max(bars.length - 1, 0));
  bars[focusedBar]?.setAttribute("tabindex", "0");
  stick();
}

// Map and timeline stay beside the list; on a low screen their lower end does, so that the timeline can be reached.
const pictures = $(".pictures");
function stick() {
  pictures.style.top = `${Math.min(16, innerHeight - pictures.offsetHeight - 16)}px`;
}

function axis(svg, bins, label, column, y, width) {
  let free = -1;
  bins.forEach((bin, i) => {
    const date = toDate(bin.from);
    const length = bin.to - bin.from + 1;
    const text = length > 300 ? `${date.getUTCFullYear()}` : length > 27 ? `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
      : `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` + (i === 0 || (date.getUTCMonth() === 0 && date.getUTCDate() <= length) ? ` ${date.getUTCFullYear()}` : "");
    const x = label + i * column;
    const room = text.length * 6.6;
    if (x < free || x + room > width) return;
    svg.append(draw("line", { x1: x + 0.5, x2: x + 0.5, y1: y - 15, y2: y - 11 }), draw("text", { x, y }, text));
    free = x + room + 14;
  });
}

function caption(narrowed) {
  const tools = make("div", { class: "tools" }, make("p", { class: "caption" }, make("span", { class: "key block" }), " on these days ", make("span", { class: "key area" }), " over a longer time that includes them. Choose a bar to see only its days."));
  const button = (text, act) => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", act);
    tools.append(element);
  };
  if (narrowed) button("All days", () => setDays("", ""));
  else if (mostDays !== everyDay) {
    const outside = dated.filter((d) => shown.has(d.n) && (d.end < mostDays[0] || d.start > mostDays[1])).length;
    button(whole ? "Most events" : `From ${toDate(everyDay[0]).getUTCFullYear()} on (${figures.format(outside)} more)`, () => {
      whole = !whole;
      paintTimeline();
    });
  }
  return tools;
}

function setDays(from, to) {
  form.elements.from.value = from;
  form.elements.to.value = to;
  filter();
}
function choose(bar, keepFocus) {
  focusedBar = 0;
  setDays(toText(Number(bar.dataset.from)), toText(Number(bar.dataset.to)));
  if (keepFocus) $(".bar[tabindex='0']", timeline)?.focus();
}
timeline.addEventListener("click", (click) => {
  const bar = click.target.closest(".bar");
  if (bar) choose(bar, false);
});
timeline.addEventListener("keydown", (key) => {
  const bars = $$(".bar", timeline);
  const at = bars.indexOf(document.activeElement);
  if (at < 0) return;
  if (key.key === "Enter" || key.key === " ") {
    key.preventDefault();
    return choose(bars[at], true);
  }
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[key.key];
  if (to === undefined || !bars[to]) return;
  key.preventDefault();
  bars[at].setAttribute("tabindex", "-1");
  bars[to].setAttribute("tabindex", "0");
  bars[to].focus();
  focusedBar = to;
});
