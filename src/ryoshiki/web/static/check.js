// The checking page: a draft and its photos go to the server after each pause, and what comes back is shown beside them.

import { announce, byId, el } from "./dom.js";
import { CoolOff } from "./cooloff.js";
import { Editor } from "./editor.js";
import { drawAround, Notes } from "./notes.js";
import { Photos } from "./photos.js";
import { ask, Reviewer } from "./reviewer.js";
import { data, onLanguage, say } from "./say.js";
import { unitsOf, wellFormed } from "./text.js";

const settled = new Map(); // what the author has settled: key of a finding → the finding
let report = null; // the newest answer
let sent = ""; // the text that was sent last
let troubled = false;

const editor = new Editor(byId("draft"), byId("mirror"), { changed, entered: (number) => notes.near(number) });
const photos = new Photos({ changed });
const cool = new CoolOff(byId("cool"));
const reviewer = new Reviewer({ read, answered, troubled: showTrouble });
const notes = new Notes({ show, fix, later, settle, takeBack, point: (finding) => photos.point(finding) });

function changed() {
  if (!editor.text.trim() && !photos.sights.length) {
    reviewer.cancel();
    report = null;
    cool.offer(null);
    draw();
  } else reviewer.want();
}

function read(signal) {
  sent = editor.text;
  const draft = {
    text: wellFormed(sent),
    platform: byId("platform").value,
    account: byId("account").value,
    posted_at: postedAt(),
    reply_to: wellFormed(byId("reply-to").value.trim()) || null,
    photos: photos.sights,
  };
  return ask("/api/v1/review", { body: JSON.stringify(draft), signal });
}

function postedAt() {
  const when = byId("when").value;
  if (when === "now") return new Date().toISOString();
  const at = new Date(byId("at").value);
  return when === "at" && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

function answered(newest) {
  const units = unitsOf(sent);
  for (const finding of newest.findings) {
    if (finding.start != null) Object.assign(finding, { start: units(finding.start), end: units(finding.end) });
    if (finding.fix) {
      const { fix } = finding;
      Object.assign(fix, { start: units(fix.start), end: units(fix.end) });
      fix.old = sent.slice(fix.start, fix.end);
    }
  }
  report = newest;
  if (troubled) announce(say("back_online"));
  troubled = false;
  byId("trouble").hidden = true;
  cool.offer(report.cool_off);
  draw();
}

/** Of a finding on the draft as a whole, what was said of it holds whatever is typed on. */
const key = (finding) => (finding.start == null && !finding.photo ? finding.sign : finding.fingerprint);

function open() {
  const left = (report?.findings ?? []).filter((finding) => !settled.has(key(finding)));
  return left.map((finding, i) => ({ finding, number: i + 1 }));
}

function draw() {
  const found = open();
  const marks = found.filter(({ finding }) => finding.start != null && finding.start < finding.end);
  editor.mark(
    marks.map(({ finding, number }) => ({ start: finding.start, end: finding.end, level: finding.severity, number })),
    sent,
  );
  notes.show(
    found,
    (report?.findings ?? []).filter((finding) => settled.has(key(finding))),
  );
  drawAround(
    report?.unchecked ?? [],
    data.platforms.find((platform) => platform.id === byId("platform").value),
  );
  drawCount();
  const words = !report
    ? say("waiting")
    : found.length
      ? say("found", { n: found.length })
      : say(report.findings.length ? "settled" : "nothing");
  if (byId("status").textContent !== words) byId("status").textContent = words; // or it would be read out each time
}

function drawCount() {
  const shown = byId("count");
  shown.classList.remove("over");
  if (!report) return void (shown.textContent = "");
  const { count, limit } = report.length;
  const weighted = data.platforms.find((platform) => platform.id === byId("platform").value)?.counting === "weighted";
  const words = [
    limit ? say("count_of", { count, limit }) : say("count", { count }),
    weighted ? say("count_weighted") : "",
  ];
  if (limit && count > limit) words.push(say("count_over", { over: count - limit }));
  shown.classList.toggle("over", Boolean(limit && count > limit));
  shown.textContent = words.join("");
}

function show(number) {
  const mark = editor.place(number);
  if (mark) editor.show(mark);
}

function fix(finding) {
  const { start, end, text, old } = finding.fix;
  // The text may have gone on since the answer: the fix holds where its own words still stand.
  const mark = editor.place(open().find((each) => each.finding === finding)?.number);
  const by = mark ? mark.start - finding.start : 0;
  if (editor.text.slice(start + by, end + by) !== old) return void reviewer.now();
  editor.replace(start + by, end + by, text);
  announce(say("fixed"));
}

function later() {
  byId("when").value = "later";
  byId("when").focus();
  reviewer.now();
}

function settle(finding) {
  settled.set(key(finding), finding);
  if (finding.photo && data.rules[finding.rule]?.answer) photos.agree(finding, true);
  draw();
  (byId("notes").querySelector("button") ?? byId("answered").querySelector("summary")).focus();
}

function takeBack(finding) {
  settled.delete(key(finding));
  if (finding.photo) photos.agree(finding, false);
  draw();
  byId("notes").querySelector("button")?.focus();
}

function showTrouble({ status, detail }) {
  troubled = true;
  const words =
    status === 0 ? say("offline") : status === 429 || status === 503 ? say("busy") : say("refused", { why: detail });
  const box = byId("trouble");
  if (!box.hidden && box.firstChild?.textContent === words) return; // said already
  box.replaceChildren(
    el("p", {}, words),
    el("button", { class: "button secondary", type: "button", onclick: () => reviewer.now() }, say("retry")),
  );
  box.hidden = false;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(editor.text);
    announceHere(say("copied"));
  } catch {
    byId("draft").select(); // where the page has no right to the clipboard, the old way
    announceHere(say(document.execCommand("copy") ? "copied" : "copy_failed"));
  }
}

/** Say it to everyone, beside the button. */
function announceHere(words) {
  announce(words);
  byId("copied").textContent = words;
  setTimeout(() => (byId("copied").textContent = ""), 4000);
}

function clear() {
  byId("reply-to").value = "";
  settled.clear();
  photos.clear();
  editor.replace(0, editor.text.length, "");
  changed();
  announce(say("cleared"));
}

function takeShared({ text, photos: files }) {
  history.replaceState(null, "", `/${location.search}`); // a reload must not ask to send it again
  if (text) {
    byId("draft").value = text;
    byId("draft").dispatchEvent(new Event("input"));
  }
  photos.add(files.map((data) => new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))])));
}

for (const id of ["platform", "account", "when", "at"]) {
  byId(id).addEventListener("change", () => {
    byId("at-field").hidden = byId("when").value !== "at";
    changed();
    draw();
  });
}
byId("reply-to").addEventListener("input", changed);
byId("copy").addEventListener("click", copy);
byId("clear").addEventListener("click", clear);
byId("draft-form").addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeunload", (event) => (editor.text.trim() || photos.any) && event.preventDefault());
addEventListener("online", () => troubled && reviewer.now());
onLanguage(() => {
  byId("tell").textContent = say("trouble", { tell: data.tell });
  draw();
});
if (data.shared) takeShared(data.shared);
draw();
changed(); // a browser may have kept what was typed before a reload
