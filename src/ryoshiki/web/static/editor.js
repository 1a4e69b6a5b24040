// The draft, with marks under its words. People type into a plain text field, so that input methods, undo and screen
// readers work as everywhere; a copy of the text behind it bears the marks.

import { el } from "./dom.js";
import { moved, segments } from "./text.js";

export class Editor {
  #marks = [];
  #near = null;

  /** `changed()` after each change that is not a step of an input method; `entered(mark or null)` where the caret is. */
  constructor(field, mirror, { changed, entered }) {
    Object.assign(this, { field, mirror, changed, entered, composing: false });
    this.painted = field.value;
    field.addEventListener("compositionstart", () => (this.composing = true));
    field.addEventListener("compositionend", () => {
      this.composing = false;
      this.#typed();
    });
    field.addEventListener("input", () => this.#typed());
    document.addEventListener("selectionchange", () => this.#moved());
    this.#paint();
  }

  get text() {
    return this.field.value;
  }

  /** Marks of `text`, [{start, end, level, number}] in UTF-16 units; what was typed since then is allowed for. */
  mark(marks, text) {
    this.painted = this.text;
    this.#marks = moved(marks, text, this.text);
    this.#paint();
  }

  /** The place of a mark now, or null where it has been typed over. */
  place(number) {
    return this.#marks.find((mark) => mark.number === number) ?? null;
  }

  /** Put `text` in the place of a range, as if it had been typed, so that undo takes it back. */
  replace(start, end, text) {
    this.field.focus();
    this.field.setSelectionRange(start, end);
    const command = text ? ["insertText", false, text] : ["delete"];
    if (start === end && !text) return;
    if (!document.execCommand(...command)) {
      this.field.setRangeText(text, start, end, "end");
      this.#typed();
    }
  }

  /** Select a range and bring it into view. */
  show(mark) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(mark.start, mark.end);
    this.mirror.querySelector(`[data-of~="${mark.number}"]`)?.scrollIntoView({ block: "center" });
  }

  #typed() {
    this.#marks = moved(this.#marks, this.painted, this.text);
    this.painted = this.text;
    this.#paint();
    if (!this.composing) this.changed();
  }

  #moved() {
    if (document.activeElement !== this.field) return;
    const caret = this.field.selectionStart;
    const near = this.#marks.find((mark) => mark.start <= caret && caret < mark.end)?.number ?? null;
    if (near === this.#near) return;
    this.#near = near;
    for (const shown of this.mirror.children) shown.classList.toggle("near", this.#isNear(shown.dataset.of));
    this.entered(near);
  }

  #isNear(of) {
    return this.#near != null && of.split(" ").includes(String(this.#near));
  }

  #paint() {
    const text = this.text;
    const pieces = segments(text.length, this.#marks).map((piece) => {
      const words = text.slice(piece.start, piece.end);
      if (!piece.level) return words;
      const of = piece.over.map((mark) => mark.number).join(" ");
      const number = piece.beginning.map((mark) => mark.number).join(",") || null;
      return el(
        "span",
        { class: `mark ${piece.level}${this.#isNear(of) ? " near" : ""}`, "data-of": of, "data-n": number },
        words,
      );
    });
    this.mirror.replaceChildren(...pieces, "\n"); // a last empty line has a height, too
  }
}
