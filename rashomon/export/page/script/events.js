// One event at a time, by the address's anchor, so that back and forward work; and the start of it all.

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
$("#more").addEventListener("click", () => {
  limit += PORTION;
  listRows();
});
$("#sorting select").addEventListener("change", (change) => sort(change.target.value));
for (const element of [form, $("#sorting"), $(".zoomers")]) element.hidden = false;
history.scrollRestoration = "manual";
filter();
route();
