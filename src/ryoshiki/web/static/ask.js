// A question in one's own words: the answers that fit come first. What is asked goes in a body, never in an address.

import { ask } from "./reviewer.js";

const form = document.getElementById("ask-form");
const field = document.getElementById("asked");
const status = document.getElementById("answered");
const answers = document.getElementById("answers");
let running = null;
let timer = 0;

async function find() {
  running?.abort();
  const asked = field.value.trim();
  if (!asked) {
    answers.replaceChildren();
    status.textContent = "";
    return;
  }
  const mine = (running = new AbortController());
  try {
    const found = await ask("/api/v1/ask", { body: JSON.stringify({ question: asked }), signal: mine.signal });
    if (mine !== running) return;
    answers.replaceChildren(...found.answers.map(({ id }) => copy(id)));
    status.textContent = found.answers.length ? status.dataset.found : status.dataset.none;
  } catch (refusal) {
    if (refusal.name !== "AbortError") status.textContent = status.dataset.trouble;
  }
}

/** The question as it stands in the list below, opened. */
function copy(id) {
  const made = document.getElementById(id).cloneNode(true);
  made.removeAttribute("id");
  made.open = true;
  return made;
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
field.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(find, 200);
});
field.addEventListener("compositionend", find);
