// The words of the page, in the language that the reader chose. Switching it leaves the draft where it is.

import { byId } from "./dom.js";

export const data = JSON.parse(byId("page-data").textContent);
const heard = [];
let lang = data.lang;

/** The words for a key, with its `{slots}` filled in. */
export function say(key, slots = {}) {
  return data.phrases[lang][key].replace(/\{(\w+)\}/g, (_, name) => slots[name]);
}

export const language = () => lang;

/** Call `listener` whenever the language has changed. */
export const onLanguage = (listener) => heard.push(listener);

function speak(next) {
  lang = next;
  document.documentElement.lang = lang;
  document.title = `${say("check_title")} | ${say("app_name")}`;
  for (const shown of document.querySelectorAll("[data-say]")) shown.textContent = say(shown.dataset.say);
  for (const shown of document.querySelectorAll("[data-say-label]")) {
    shown.setAttribute("aria-label", say(shown.dataset.sayLabel));
  }
  const query = new URLSearchParams(location.search);
  query.set("lang", lang);
  history.replaceState(null, "", `${location.pathname}?${query}`);
  for (const link of document.querySelectorAll('a[href^="/"]')) {
    const address = new URL(link.href);
    address.searchParams.set("lang", link.id === "language" ? other() : lang);
    link.href = address;
  }
  const switcher = byId("language");
  switcher.lang = switcher.hreflang = other();
  heard.forEach((listener) => listener());
}

const other = () => (lang === "ja" ? "en" : "ja");

byId("language").addEventListener("click", (event) => {
  event.preventDefault();
  speak(other());
});
