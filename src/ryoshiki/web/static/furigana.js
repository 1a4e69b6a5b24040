// Readings over the kanji of a page, on request. The server cuts the words; a field that is written in stays as it is.

const button = document.getElementById("furigana");
const KANJI = /[\u3400-\u9fff\uf900-\ufaff々]/;
const LEFT_OUT = "script, style, textarea, select, title, ruby, svg, noscript, .mirror, [data-plain]";
const MOST = 200; // texts of one question
const LONGEST = 5000;
const known = new Map();
const watcher = new MutationObserver(() => read());
let on = false;
let reading = false;

function texts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    KANJI.test(node.data) && node.data.length <= LONGEST && !node.parentElement.closest(LEFT_OUT)
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT,
  );
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

async function learn(words) {
  for (let i = 0; i < words.length; i += MOST) {
    const asked = words.slice(i, i + MOST);
    const answer = await fetch("/api/v1/furigana", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ texts: asked }),
      cache: "no-store",
      credentials: "omit",
    });
    if (!answer.ok) return;
    (await answer.json()).texts.forEach((pieces, n) => known.set(asked[n], pieces));
  }
}

async function read() {
  if (reading) return;
  reading = true;
  try {
    await learn([...new Set(texts().map((node) => node.data))].filter((words) => !known.has(words)));
    watcher.disconnect();
    if (on) {
      for (const node of texts()) if (known.has(node.data)) node.replaceWith(ruby(known.get(node.data)));
      watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
    }
  } catch {
    // Without the server the page is read as it stands.
  } finally {
    reading = false;
  }
}

function ruby(pieces) {
  const whole = document.createElement("span");
  whole.className = "read";
  for (const [base, above] of pieces) {
    if (!above) whole.append(base);
    else {
      const made = document.createElement("ruby");
      const rt = document.createElement("rt");
      rt.append(above);
      made.append(base, rt);
      whole.append(made);
    }
  }
  return whole;
}

function plain() {
  watcher.disconnect();
  for (const whole of document.querySelectorAll(".read")) {
    whole.querySelectorAll("rt").forEach((rt) => rt.remove());
    whole.replaceWith(whole.textContent);
  }
  document.body.normalize();
  known.clear();
}

function turn(next) {
  on = next;
  button.setAttribute("aria-pressed", String(on));
  mark(location);
  document.querySelectorAll('a[href^="/"]').forEach(mark);
  if (on) read();
  else plain();
}

/** The choice goes along in the address, since nothing is stored. */
function mark(place) {
  const address = new URL(place.href);
  if (on) address.searchParams.set("furigana", "1");
  else address.searchParams.delete("furigana");
  if (place === location) history.replaceState(null, "", address);
  else place.href = address;
}

button.hidden = false;
button.addEventListener("click", () => turn(!on));
if (new URLSearchParams(location.search).get("furigana") === "1") turn(true);
