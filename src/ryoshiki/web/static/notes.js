// The notes beside the draft: what was found, why, and a way out in one press.

import { byId, el, japanese } from "./dom.js";
import { data, language, say } from "./say.js";

const FIRST = 3;

export class Notes {
  #found = []; // [{finding, number}] in the order of weight
  #settled = []; // findings that the author has settled
  #all = false;

  /** `acts`: show(number), point(finding), fix(finding), later(), settle(finding), takeBack(finding). */
  constructor(acts) {
    this.acts = acts;
    byId("more").addEventListener("click", () => {
      this.#all = !this.#all;
      this.draw();
      if (this.#all) byId("notes").children[FIRST]?.querySelector("button, a")?.focus();
    });
  }

  show(found, settled) {
    this.#found = found;
    this.#settled = settled;
    this.draw();
  }

  /** Emphasise the note of a mark, and show it if it is among those held back. */
  near(number) {
    if (number > FIRST && !this.#all) {
      this.#all = true;
      this.draw();
    }
    for (const note of byId("notes").children) note.classList.toggle("near", note.dataset.number === String(number));
  }

  draw() {
    const shown = this.#all ? this.#found : this.#found.slice(0, FIRST);
    byId("notes").replaceChildren(...shown.map((each) => this.#note(each)));
    const more = byId("more");
    more.hidden = this.#found.length <= FIRST;
    more.textContent = this.#all ? say("fewer") : say("more", { n: this.#found.length - FIRST });
    more.setAttribute("aria-expanded", String(this.#all));
    this.#drawSettled();
  }

  #note({ finding, number }) {
    return el(
      "li",
      { class: `note ${finding.severity}`, id: `note-${number}`, "data-number": number },
      el(
        "h3",
        {},
        el("span", { class: "number" }, String(number)),
        el("span", { class: "badge" }, say(finding.severity)),
        japanese(clause(finding)),
        finding.origin !== "guideline" && el("span", { class: "from" }, say(finding.origin)),
      ),
      el("p", { lang: "ja" }, finding.message),
      el(
        "dl",
        {},
        finding.advice && [el("dt", {}, say("advice")), el("dd", { lang: "ja" }, finding.advice)],
        finding.severity === "confirm" &&
          finding.question && [el("dt", {}, say("question")), el("dd", { lang: "ja" }, finding.question)],
      ),
      el("div", { class: "row" }, ...this.#buttons(finding, number)),
    );
  }

  #buttons(finding, number) {
    const { acts } = this;
    const button = (words, act, kind = "secondary", more = {}) =>
      el("button", { class: `button ${kind}`, type: "button", onclick: act, ...more }, words);
    const answer = data.rules[finding.rule]?.answer;
    const clock = finding.start == null && data.rules[finding.rule]?.clock;
    return [
      finding.fix && button(fixWords(finding), () => acts.fix(finding), ""),
      clock && button(say("post_later"), acts.later, ""),
      finding.start != null && button(say("show_place"), () => acts.show(number), "plain"),
      finding.photo &&
        finding.boxes.length > 0 &&
        button(say("show_photo", { photo: finding.photo }), () => acts.point(finding), "plain"),
      settling(finding, answer, (words) => button(words, () => acts.settle(finding))),
      el(
        "a",
        { class: "button plain", href: `/rules/${finding.rule}?lang=${language()}`, target: "_blank", rel: "noopener" },
        say("more_about"),
        el("span", { class: "visually-hidden" }, say("new_tab")),
      ),
    ];
  }

  #drawSettled() {
    const box = byId("answered");
    box.hidden = this.#settled.length === 0;
    box.querySelector("summary").textContent = say("answered", { n: this.#settled.length });
    box
      .querySelector("ul")
      .replaceChildren(
        ...this.#settled.map((finding) =>
          el(
            "li",
            {},
            japanese(`${clause(finding)}${finding.quote ? `「${finding.quote.slice(0, 20)}」` : ""} `),
            el(
              "button",
              { class: "button plain", type: "button", onclick: () => this.acts.takeBack(finding) },
              say("take_back"),
            ),
          ),
        ),
      );
  }
}

/** A question is answered with yes; what the guideline forbids is only set aside. */
function settling(finding, answer, button) {
  if (answer && language() === "ja") return button(answer);
  return button(say(finding.severity === "confirm" || answer ? "answer" : "dismiss"));
}

function clause(finding) {
  const title = data.clauses[finding.clause];
  return title ? `${finding.clause} ${title}` : finding.clause;
}

function fixWords(finding) {
  const { old, text } = finding.fix;
  return say(!old ? "insert" : text ? "replace" : "delete", { old, new: text });
}

/** What was not looked at, and what is known of the service. */
export function drawAround(unchecked, platform) {
  const missing = byId("unchecked");
  missing.hidden = unchecked.length === 0;
  missing.querySelector("summary").textContent = say("unchecked", { n: unchecked.length });
  missing
    .querySelector("ul")
    .replaceChildren(...unchecked.map(({ what, why }) => el("li", { lang: "ja" }, `${what}：${why}`)));
  const about = byId("about-platform");
  about.hidden = !platform;
  if (!platform) return;
  about.querySelector("summary").textContent = say("about_platform", { name: platform.name });
  about
    .querySelector("dl")
    .replaceChildren(
      ...["reach", "editing", "taking-back"].flatMap((key) => [
        el("dt", {}, say(key)),
        el("dd", { lang: "ja" }, platform[key.replace("-", "_")]),
      ]),
    );
}
