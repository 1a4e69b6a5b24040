// The photos of a draft: read once each, shown with numbered boxes, covered in a copy. Nothing of them is stored.

import { announce, byId, el } from "./dom.js";
import { ledgerButton } from "./ledger.js";
import { Picture } from "./picture.js";
import { ask } from "./reviewer.js";
import { data, onLanguage, say } from "./say.js";

export class Photos {
  #photos = [];
  #made = 0; // photos so far, so that each keeps its number

  /** `changed()` when what is seen in the photos has changed. */
  constructor({ changed }) {
    this.changed = changed;
    const input = byId("photo-input");
    input.addEventListener("change", () => {
      this.add([...input.files]);
      input.value = "";
    });
    this.#takeDrops();
    onLanguage(() => {
      byId("photos-hint").textContent = say("photos_hint", { most: data.most_photos });
      this.#photos.forEach((photo) => this.#draw(photo));
    });
  }

  /** What was seen in each photo that has been read. */
  get sights() {
    return this.#photos.filter((photo) => photo.sight).map((photo) => photo.sight);
  }

  get any() {
    return this.#photos.length > 0;
  }

  add(files) {
    for (const file of files) {
      if (this.#photos.length >= data.most_photos) {
        announce(say("photo_too_many", { most: data.most_photos }));
        break;
      }
      this.#made += 1;
      const photo = {
        name: `写真${this.#made}`,
        number: this.#made,
        original: file,
        picture: new Picture(),
        kept: new Set(),
        letters: false,
      };
      photo.box = el("li", { class: "photo card", id: `photo-${this.#made}` });
      this.#photos.push(photo);
      byId("photo-list").append(photo.box);
      this.#take(photo, file);
    }
  }

  clear() {
    [...this.#photos].forEach((photo) => this.#remove(photo));
  }

  /** Bring the places of a finding into view. */
  point(finding) {
    const photo = this.#named(finding.photo);
    photo?.picture.point(finding.boxes);
    photo?.box.scrollIntoView({ block: "center" });
    photo?.box.querySelector("h3")?.focus();
  }

  /** Whoever is shown at the places of a finding has agreed (or not, after all). */
  agree(finding, agreed) {
    const photo = this.#named(finding.photo);
    if (!photo?.places) return;
    photo.places.forEach((place, i) => {
      if (!finding.boxes.some((box) => overlap(box, place.box))) return;
      if (agreed) photo.kept.add(i + 1);
      else photo.kept.delete(i + 1);
    });
    this.#draw(photo);
  }

  #named(name) {
    return this.#photos.find((photo) => photo.name === name);
  }

  /** Read `blob` as what this photo is now: the file itself, or a cleaned copy of it. */
  async #take(photo, blob, covered = null) {
    Object.assign(photo, { blob, covered, sight: null, places: null, trouble: null, busy: "photo_reading" });
    photo.picture.show(blob);
    this.#draw(photo);
    if (blob.size > data.photo_limit) {
      Object.assign(photo, {
        busy: null,
        trouble: say("photo_too_large", { photo: label(photo), most: data.photo_limit >> 20 }),
      });
      this.#draw(photo);
      return;
    }
    try {
      const seen = await ask(`/api/v1/photos?${query(photo)}`, BYTES(blob));
      if (photo.blob !== blob) return;
      Object.assign(photo, { ...seen, busy: null });
      announce(say("photo_read", { photo: label(photo) }));
    } catch (refusal) {
      if (photo.blob !== blob) return;
      const why = refusal.status === 0 ? say("offline") : refusal.detail;
      Object.assign(photo, { busy: null, trouble: `${say("photo_failed", { photo: label(photo) })}${why}` });
    }
    this.#draw(photo);
    this.changed();
  }

  async #clean(photo) {
    const { blob } = photo;
    Object.assign(photo, { busy: "cleaning", trouble: null });
    this.#draw(photo);
    const keep = [...photo.kept].map((number) => `&keep=${number}`).join("");
    try {
      const copy = await ask(`/api/v1/photos/clean?${query(photo)}${keep}`, BYTES(blob));
      if (photo.blob !== blob) return;
      const bytes = Uint8Array.from(atob(copy.data), (character) => character.charCodeAt(0));
      photo.kept.clear();
      await this.#take(photo, new Blob([bytes], { type: `image/${copy.format.toLowerCase()}` }), copy);
      photo.box.querySelector(".cleaned a")?.focus();
    } catch (refusal) {
      const why = refusal.status === 0 ? say("offline") : refusal.detail;
      Object.assign(photo, { busy: null, trouble: say("refused", { why }) });
      this.#draw(photo);
    }
  }

  #remove(photo) {
    photo.blob = null;
    photo.picture.forget();
    photo.box.remove();
    this.#photos = this.#photos.filter((other) => other !== photo);
    this.changed();
  }

  #draw(photo) {
    const { box, picture } = photo;
    const held = document.activeElement?.dataset?.place; // the box that was just ticked keeps the focus
    picture.draw(photo.sight, photo.places ?? [], photo.kept, say("photo_alt", { photo: label(photo) }));
    const remove = el(
      "button",
      { class: "button plain", type: "button", onclick: () => this.#gone(photo) },
      say("photo_remove", { photo: label(photo) }),
    );
    box.replaceChildren(
      el("h3", { tabindex: "-1" }, el("span", {}, label(photo)), remove),
      picture.frame,
      ...[
        photo.busy && el("p", { class: "status busy", role: "status" }, say(photo.busy, { photo: label(photo) })),
        photo.trouble && el("p", { class: "banner error", role: "alert" }, photo.trouble),
        photo.covered && cleanedWords(photo, () => this.#take(photo, photo.original)),
        photo.sight && !photo.busy && this.#choices(photo),
        photo.sight?.traces.length > 0 && traces(photo.sight),
      ].filter(Boolean),
    );
    if (held) box.querySelector(`[data-place="${held}"]`)?.focus();
  }

  #gone(photo) {
    this.#remove(photo);
    byId("photo-input").focus();
  }

  #choices(photo) {
    const choices = photo.places.map((place, i) => this.#choice(photo, place, i + 1));
    const all = photo.sight.lines.length > 0 && this.#letters(photo);
    const act = el("button", { class: "button", type: "button", onclick: () => this.#clean(photo) }, say("clean"));
    if (!choices.length) return el("div", {}, el("p", {}, say("places_none")), all, !photo.covered && act);
    const places = el(
      "fieldset",
      { class: "places" },
      el("legend", {}, say("places")),
      el("div", { class: "choices" }, ...choices),
    );
    const faces = photo.places.some((place) => place.kind === "face");
    return el("div", {}, places, all, act, faces && ledgerButton(photo.original));
  }

  #letters(photo) {
    const turn = ({ target }) => {
      photo.letters = target.checked;
      photo.kept.clear(); // the numbers are others now
      this.#take(photo, photo.blob, photo.covered);
    };
    const box = el("input", {
      type: "checkbox",
      checked: photo.letters,
      onchange: turn,
      "data-place": `${photo.number}-all`,
    });
    return el("label", { class: "choice" }, box, el("span", {}, say("all_letters")));
  }

  #choice(photo, place, number) {
    const turn = ({ target }) => {
      if (target.checked) photo.kept.delete(number);
      else photo.kept.add(number);
      this.#draw(photo);
    };
    const id = `${photo.number}-${number}`;
    return el(
      "label",
      { class: "choice" },
      el("input", { type: "checkbox", checked: !photo.kept.has(number), onchange: turn, "data-place": id }),
      el("span", {}, say("place_cover", { n: number, kind: say(`place_${place.kind}`) })),
      place.text && el("span", { class: "text", lang: "ja" }, place.text),
    );
  }

  #takeDrops() {
    const drop = byId("drop");
    const holds = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragover", (event) => {
      if (!holds(event)) return;
      event.preventDefault(); // else the browser would open the picture in place of the page
      drop.classList.add("over");
    });
    addEventListener("dragleave", (event) => event.relatedTarget || drop.classList.remove("over"));
    addEventListener("drop", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      this.add([...event.dataTransfer.files]);
    });
    addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      this.add(files);
    });
  }
}

const BYTES = (blob) => ({ body: blob, type: "application/octet-stream" });
const query = (photo) => new URLSearchParams({ name: photo.name, letters: photo.letters });
const label = (photo) => say("photo_n", { n: photo.number });
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function cleanedWords(photo, back) {
  const { covered } = photo;
  const kinds = [...new Set(covered.left.map((place) => say(`place_${place.kind}`)))].join(say("list_comma"));
  const file = `photo-${photo.number}-clean.${covered.format.toLowerCase().replace("jpeg", "jpg")}`;
  return el(
    "div",
    { class: "banner info cleaned" },
    el("p", {}, say("cleaned")),
    covered.left.length > 0 && el("p", {}, say("cleaned_left", { kinds })),
    !photo.letters && photo.sight?.lines.length > 0 && el("p", {}, say("cleaned_letters")),
    ...covered.unread.map((sentence) => el("p", { lang: "ja" }, sentence)),
    el("p", {}, say("cleaned_look")),
    el(
      "div",
      { class: "row" },
      el("a", { class: "button", href: photo.picture.address, download: file }, say("download")),
      el("button", { class: "button plain", type: "button", onclick: back }, say("original")),
    ),
  );
}

function traces(sight) {
  const rows = sight.traces.flatMap((trace) => [
    el("dt", {}, say(`trace_${trace.kind}`)),
    el("dd", { lang: "ja" }, trace.value),
  ]);
  return el("details", {}, el("summary", {}, say("traces")), el("dl", {}, ...rows));
}
