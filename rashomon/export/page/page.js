"use strict";
// Filters the list, the map and the timeline together, and shows one event at a time. The page can be read without it.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const DAY = 86400000;
  const events = data.events;
  const figures = new Intl.NumberFormat("en");
  const plural = (n, word) => `${figures.format(n)} ${word}${n === 1 ? "" : "s"}`;
  document.documentElement.classList.add("js");

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const draw = (name, attributes = {}, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const hrefOf = (event) => "#" + encodeURIComponent("event-" + event.id);

  // --- filters -----------------------------------------------------------------------------------------------------

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

  // --- map ---------------------------------------------------------------------------------------------------------

  const map = $("#map");
  const stage = $("#zoom");
  const [, , mapWidth, mapHeight] = map.getAttribute("viewBox").split(" ").map(Number);
  const spots = $$(".spot", map).map((element) => ({
    element,
    x: Number(element.dataset.x),
    y: Number(element.dataset.y),
    events: data.markers[Number(element.dataset.spot)],
    name: element.getAttribute("aria-label").replace(/: [^:]*$/, ""),
    radius: 0,
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
  const unit = () => mapWidth / (map.clientWidth || mapWidth);

  function paintMap() {
    for (const spot of spots) {
      const count = spot.events.filter((n) => shown.has(n)).length;
      spot.radius = count ? Math.min(6 + 2.4 * Math.sqrt(count - 1), 20) + (count > 1 ? 2 : 0) : 0;
      spot.element.classList.toggle("off", !count);
      $("circle", spot.element).setAttribute("r", spot.radius);
      $("text", spot.element).textContent = count > 1 ? count : "";
      spot.element.setAttribute("aria-label", `${spot.name}: ${plural(count, "event")}`);
    }
    for (const area of areas) {
      const count = area.events.filter((n) => shown.has(n)).length;
      area.element.classList.toggle("off", !count);
      area.element.setAttribute("aria-label", `${area.name}: ${plural(count, "event")}`);
    }
    placeSymbols();
  }

  // Symbols and names keep their size while the map grows; a name that would lie on another one is left out.
  function placeSymbols() {
    const size = unit() / view.k;
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
  }
  const box = (at, dx, dy, width, height, size) => [at.x + dx * size, at.y + dy * size, at.x + (dx + width) * size, at.y + (dy + height) * size];
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  // The wheel and a single finger belong to the page, so that nobody is caught in the map while reading on.
  function mayMove(event) {
    if (event.type === "wheel") return event.ctrlKey || event.metaKey;
    if (event.type === "touchstart") return event.touches.length > 1 || view.k > 1;
    return !event.button;
  }

  const zoom = d3.zoom()
    .scaleExtent([1, 60])
    .translateExtent([[-mapWidth * 0.5, -mapHeight * 0.5], [mapWidth * 1.5, mapHeight * 1.5]])
    .filter(mayMove)
    .clickDistance(4)
    .on("zoom", ({ transform }) => {
      view = transform;
      stage.setAttribute("transform", transform);
      map.classList.toggle("closer", transform.k > 1);
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
      if (button.dataset.zoom === "all") canvas.call(zoom.transform, d3.zoomIdentity);
      else canvas.call(zoom.scaleBy, button.dataset.zoom === "in" ? 1.8 : 1 / 1.8, middle());
    });
  }

  // Spots that lie on one another are opened together, so that each event can be reached.
  map.addEventListener("click", (click) => {
    const link = click.target.closest("a");
    if (!link) return closeHere();
    click.preventDefault();
    const area = areas.find((each) => each.element === link);
    const chosen = spots.find((each) => each.element === link);
    if (area) return openHere([area], click);
    const size = unit() / view.k;
    const near = spots.filter((s) => s.radius && Math.hypot(s.x - chosen.x, s.y - chosen.y) < (s.radius + chosen.radius) * 0.7 * size);
    openHere([chosen, ...near.filter((s) => s !== chosen)], click);
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

  // --- timeline ----------------------------------------------------------------------------------------------------

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

  const timeline = $("#timeline");
  let focusedBar = 0;
  function paintTimeline(keepFocus) {
    timeline.replaceChildren();
    if (!dated.length) {
      timeline.append(make("p", { class: "caption" }, "No event has a day."));
      return;
    }
    const asked = [form.elements.from.value, form.elements.to.value].map((value) => (value ? toDay(value) : null));
    const full = [Math.min(...dated.map((d) => d.start)), Math.max(...dated.map((d) => d.end))];
    let [from, to] = [asked[0] ?? full[0], asked[1] ?? full[1]];
    const short = 13 - (to - from);
    if (short > 0) [from, to] = [from - Math.ceil(short / 2), to + Math.floor(short / 2)];
    const width = timeline.clientWidth || 600;
    const label = width < 480 ? 0 : 138;
    const bins = columns(from, to, Math.max(8, Math.floor((width - label) / 9)));
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
    if (keepFocus) bars[focusedBar]?.focus();
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
    if (narrowed) {
      const all = make("button", { type: "button" }, "All days");
      all.addEventListener("click", () => setDays("", ""));
      tools.append(all);
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

  // --- one event at a time -----------------------------------------------------------------------------------------

  const overview = $("#overview");
  const pager = $("#pager");
  const title = document.title;
  const numbers = new Map(events.flatMap((event, n) => [...event.aliases.map((alias) => [alias, n]), [event.id, n]]));
  events.forEach((event, n) => numbers.set(event.id, n));
  let current = null;
  let scrolled = 0;

  function sectionOf(n) {
    if (!data.details) return document.getElementById("event-" + events[n].id);
    const detail = $("#detail");
    detail.innerHTML = data.details[n]; // rendered with every report's words escaped; the page's policy runs no script in it
    return detail.firstElementChild;
  }

  function route() {
    let anchor = "";
    try {
      anchor = decodeURIComponent(location.hash.slice(1));
    } catch {
      anchor = location.hash.slice(1);
    }
    const asked = anchor.startsWith("event-") ? anchor.slice(6) : null;
    const n = asked === null ? null : numbers.get(asked);
    if (current === null && asked !== null) scrolled = lastScroll;
    for (const section of $$("#accounts .event.current")) section.classList.remove("current");
    $("#missing").hidden = !(asked !== null && n === undefined);
    overview.hidden = asked !== null;
    $("header").hidden = asked !== null;
    pager.hidden = asked === null;
    if (asked === null) return showList(anchor);
    if (n === undefined) return;
    const section = sectionOf(n);
    section.classList.add("current");
    const sequence = order.filter((each) => shown.has(each) || each === n);
    turn("previous", sequence[sequence.indexOf(n) - 1]);
    turn("next", sequence[sequence.indexOf(n) + 1]);
    document.title = `${events[n].title} – ${title}`;
    current = n;
    scrollTo(0, 0);
    $("h2", section).focus({ preventScroll: true });
  }

  function showList(anchor) {
    document.title = title;
    if (current === null) return;
    const row = rows.querySelector(`[data-event="${current}"] a`);
    current = null;
    placeSymbols();
    paintTimeline();
    scrollTo(0, scrolled);
    if (row && anchor !== "filters") row.focus({ preventScroll: true });
  }

  function turn(which, n) {
    const link = $(`[data-go=${which}]`, pager);
    if (n === undefined) link.removeAttribute("href");
    else link.href = hrefOf(events[n]);
  }

  let lastScroll = 0;
  addEventListener("scroll", () => { if (current === null && !overview.hidden) lastScroll = scrollY; }, { passive: true });
  addEventListener("hashchange", route);
  let resized = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(resized);
    resized = requestAnimationFrame(() => { if (!overview.hidden) { placeSymbols(); paintTimeline(); } });
  });

  form.addEventListener("input", filter);
  form.addEventListener("submit", (submit) => submit.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  $("#sorting select").addEventListener("change", (change) => sort(change.target.value));
  for (const element of [form, $("#sorting"), $(".zoomers")]) element.hidden = false;
  history.scrollRestoration = "manual";
  filter();
  route();
})();
