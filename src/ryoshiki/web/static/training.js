// A round of cases, one at a time. Only ids, boxes and days are remembered, in this browser and nowhere else.

import { answered, empty, kept, roundOf, shuffled, today, turn } from "./boxes.js";
import { byId, el, japanese } from "./dom.js";

const KEY = "ryoshiki-training";
const rules = JSON.parse(byId("page-data").textContent);
const stage = byId("training");
const say = (key, slots = {}) => rules.words[key].replace(/\{(\w+)\}/g, (_, name) => slots[name]);

let keeps = true;
let record = empty();
try {
  record = kept(localStorage.getItem(KEY), rules.intervals);
} catch {
  keeps = false;
}

function keep(next) {
  record = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
  } catch {
    keeps = false;
  }
}

function forget() {
  record = empty();
  try {
    localStorage.removeItem(KEY);
  } catch {
    keeps = false;
  }
  begin(say("training_forgotten"));
  stage.querySelector("[role=status]").focus();
}

/** Show these, and move to what has `tabindex` -1 among them. */
function show(...parts) {
  byId("intro").hidden = true;
  stage.replaceChildren(...parts.flat().filter(Boolean));
  stage.querySelector("[tabindex='-1']")?.focus();
}

const button = (key, onclick, slots = {}, kind = "") =>
  el("button", { class: `button ${kind}`, type: "button", onclick }, say(key, slots));

function begin(said = "") {
  const met = rules.cases.filter(({ id }) => id in record.cases).length;
  const waiting = rules.cases.filter(({ id }) => turn(record, id, today(), rules) === 0).length;
  stage.replaceChildren(
    el("p", { role: "status", tabindex: "-1" }, said || (keeps ? "" : say("training_unkept"))),
    el("p", {}, met ? say("training_met", { met, all: rules.cases.length }) : say("training_made_up")),
    waiting ? el("p", {}, say("training_waiting", { n: waiting })) : "",
    el(
      "p",
      { class: "row" },
      button("training_start", start, { n: rules.round }),
      met ? button("training_forget", forget, {}, "plain") : "",
    ),
    certificate() ?? "",
  );
}

function start() {
  const asked = roundOf(record, today(), rules);
  const waiting = asked.map((each, n) => ({ each, heading: say("training_case", { n: n + 1, all: asked.length }) }));
  step({ asked: asked.length, right: 0, turns: 0, waiting });
}

function step(round) {
  if (!round.waiting.length) return finish(round);
  const { each, heading } = round.waiting[0];
  const choices = shuffled(each.choices);
  const problem = el("p", { class: "error", role: "alert", id: "choose" });
  const form = el(
    "form",
    { class: "card" },
    el("h2", { tabindex: "-1" }, heading),
    situation(each),
    el(
      "fieldset",
      { class: "field", "aria-describedby": "choose" },
      el("legend", { lang: "ja" }, each.ask),
      el("div", {}, choices.map(choice)),
      problem,
    ),
    el("button", { class: "button", type: "submit" }, say("training_answer")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const taken = form.elements.choice.value;
    if (taken === "") {
      problem.textContent = say("training_choose");
      form.querySelector("input").focus();
      return;
    }
    take(round, choices, choices[Number(taken)]);
  });
  show(form);
}

function choice({ say: words }, n) {
  const radio = el("input", { type: "radio", name: "choice", value: String(n) });
  return el("label", { class: "choice" }, radio, japanese(words));
}

function situation(each) {
  return [
    rules.lang === "ja" ? "" : el("p", { class: "soft" }, each.situation_en),
    el("p", { class: "situation", lang: "ja" }, each.situation),
  ];
}

function take(round, choices, taken) {
  const [{ each, heading }, ...rest] = round.waiting;
  const first = round.turns < round.asked;
  keep(answered(record, each.id, taken.best, today(), rules));
  const next = {
    ...round,
    turns: round.turns + 1,
    right: round.right + (first && taken.best ? 1 : 0),
    waiting: taken.best ? rest : [...rest, { each, heading: say("training_again") }],
  };
  show(
    el(
      "section",
      { class: "card" },
      el("p", { class: "soft" }, heading),
      situation(each),
      el("h2", { tabindex: "-1" }, say(taken.best ? "training_right" : "training_wrong")),
      el(
        "ul",
        { class: "reasons" },
        choices.map((choice) => reason(choice, taken)),
      ),
      el("p", { class: "soft", lang: "ja" }, each.clause),
      button(next.waiting.length ? "training_next" : "training_finish", () => step(next)),
    ),
  );
}

function reason(choice, taken) {
  return el(
    "li",
    { class: choice.best ? "best" : "" },
    choice.best ? el("span", { class: "badge confirm" }, say("training_best")) : "",
    choice === taken ? el("span", { class: "badge" }, say("training_yours")) : "",
    el("p", { class: "said", lang: "ja" }, choice.say),
    el("p", { lang: "ja" }, choice.why),
  );
}

function finish({ asked, right }) {
  // Every case that went wrong has by now been chosen rightly when it was asked again.
  const passed = asked >= rules.round && right * rules.round >= rules.passed * asked;
  if (passed) keep({ ...record, completed: { ...record.completed, [rules.edition]: today() } });
  show(
    el("h2", { tabindex: "-1" }, say("training_done")),
    el("p", {}, say("training_result", { all: asked, right })),
    el("p", {}, say(passed ? "training_passed" : "training_more", { round: rules.round, passed: rules.passed })),
    el("p", { class: "row" }, button("training_another", start, { n: rules.round })),
    certificate(),
  );
}

/** A form for the name, once a round has been passed. The paper itself stands in the page, for print alone. */
function certificate() {
  const day = record.completed[rules.edition];
  if (!day) return null;
  const [year, month, date] = day.split("-").map(Number);
  const name = el("input", { id: "name", maxlength: "60", autocomplete: "name", "aria-describedby": "name-hint", required: true });
  const form = el(
    "form",
    { class: "card certify" },
    el("h2", {}, say("training_certificate")),
    el(
      "div",
      { class: "field" },
      el("label", { for: "name" }, say("training_name")),
      el("p", { class: "hint", id: "name-hint" }, say("training_name_hint")),
      name,
    ),
    el("button", { class: "button", type: "submit" }, say("training_print")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    byId("paper-name").textContent = name.value.trim();
    byId("paper-day").textContent = `${year}年${month}月${date}日`;
    byId("paper-cases").textContent = String(rules.cases.filter(({ id }) => id in record.cases).length);
    window.print();
  });
  return form;
}

byId("plain").remove();
stage.hidden = false;
begin();
