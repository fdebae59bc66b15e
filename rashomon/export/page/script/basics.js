// What the other files of this folder build on. They are joined, in the order basics, filters, map, timeline, events,
// into one function: they share its names, and none of them is read alone.

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
