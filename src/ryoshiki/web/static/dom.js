// Elements are made from text and attributes, never from markup: a draft can hold anything.

/** An element with attributes (`onclick` and the like are listeners; false and null leave one out) and children. */
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false && child !== ""));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Text in the guideline's own language, told so to screen readers. */
export const japanese = (text) => el("span", { lang: "ja" }, text);

/** Show in #said, for screen readers and nobody else. */
export function announce(words) {
  byId("said").textContent = words;
}
