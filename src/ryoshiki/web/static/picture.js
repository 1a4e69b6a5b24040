// One picture with numbered boxes over it. The boxes count pixels of the upright picture, as browsers show it.

import { el } from "./dom.js";
import { ask } from "./reviewer.js";

const SVG = "http://www.w3.org/2000/svg";

export class Picture {
  #pointed = [];
  #tried = false; // whether the server was asked for a picture that this browser can show

  constructor() {
    this.address = null;
    this.image = el("img", { alt: "", onerror: () => this.#ask() });
    this.over = document.createElementNS(SVG, "svg");
    this.over.setAttribute("aria-hidden", "true"); // the list below says the same in words
    this.frame = el("div", { class: "picture" }, this.image, this.over);
  }

  show(blob) {
    this.forget();
    this.blob = blob;
    this.#tried = false;
    this.#pointed = [];
    this.image.hidden = false;
    this.address = this.image.src = URL.createObjectURL(blob);
  }

  forget() {
    if (this.address) URL.revokeObjectURL(this.address);
    if (this.shown) URL.revokeObjectURL(this.shown);
    this.address = this.shown = null;
  }

  /** Draw the boxes of places by their numbers; those in `kept` are left as they are in a copy. */
  draw(sight, places, kept, alt) {
    this.image.alt = alt;
    this.over.replaceChildren();
    if (!sight?.width) return;
    this.over.setAttribute("viewBox", `0 0 ${sight.width} ${sight.height}`);
    this.size = Math.max(sight.width, sight.height) / (places.length > 8 ? 50 : 32);
    places.forEach((place, i) => this.over.append(this.#box(place.box, i + 1, kept.has(i + 1) ? "kept" : "")));
    this.#pointed.forEach((box) => this.over.append(this.#box(box, null, "pointed")));
  }

  /** Emphasise these boxes. */
  point(boxes) {
    this.#pointed = boxes;
    for (const shown of this.over.querySelectorAll(".pointed")) shown.remove();
    boxes.forEach((box) => this.over.append(this.#box(box, null, "pointed")));
  }

  #box(box, number, kind) {
    const group = node("g", { class: kind });
    const place = { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
    group.append(node("rect", { class: "halo", ...place }), node("rect", { class: "edge", ...place }));
    if (number) {
      const { size } = this;
      const y = Math.max(0, box.top - size * 1.3);
      const words = node("text", { x: box.left + size * 0.3, y: y + size, "font-size": size });
      words.textContent = number;
      const wide = size * (0.6 + 0.62 * String(number).length);
      group.append(node("rect", { class: "plate", x: box.left, y, width: wide, height: size * 1.3 }), words);
    }
    return group;
  }

  /** HEIC and the like: no browser but Safari shows them. */
  async #ask() {
    const { blob } = this;
    if (this.#tried || !blob || !this.address) return;
    this.#tried = true;
    try {
      const shown = await ask("/api/v1/photos/preview", { body: blob, type: "application/octet-stream", as: "blob" });
      if (blob === this.blob) this.shown = this.image.src = URL.createObjectURL(shown);
    } catch {
      this.image.hidden = true; // why it cannot be read is told beside it
    }
  }
}

function node(name, given) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) if (value !== "") made.setAttribute(key, value);
  return made;
}
