// A pause that is offered, and a timer in the page. Nothing is stored: the text stays in its field.

import { el } from "./dom.js";
import { onLanguage, say } from "./say.js";

const MINUTES = 30;

export class CoolOff {
  #ends = 0; // when the pause is over, 0: there is none
  #timer = 0;
  #reason = null;
  #over = false;

  constructor(banner) {
    this.banner = banner;
    onLanguage(() => this.#show());
  }

  /** Offer a pause for a reason ("heated", "night"), or none. */
  offer(reason) {
    if (reason === this.#reason) return;
    this.#reason = reason;
    this.#show();
  }

  #start() {
    this.#ends = Date.now() + MINUTES * 60_000;
    this.#over = false;
    this.#timer = setInterval(() => this.#tick(), 1000);
    this.#show();
    this.banner.querySelector("button")?.focus();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#ends = 0;
    document.title = document.title.replace(/^\(.*?\) /, "");
    this.#show();
    this.banner.querySelector("button")?.focus();
  }

  #tick() {
    if (Date.now() >= this.#ends) {
      this.#over = true;
      this.#stop();
      return;
    }
    this.banner.querySelector("p").textContent = say("cool_running", { time: this.#left() });
    document.title = `(${this.#left()}) ${document.title.replace(/^\(.*?\) /, "")}`;
  }

  #left() {
    const seconds = Math.max(0, Math.round((this.#ends - Date.now()) / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  #show() {
    const running = this.#ends > 0;
    this.banner.hidden = !running && !this.#over && !this.#reason;
    if (this.banner.hidden) return;
    const words = running
      ? say("cool_running", { time: this.#left() })
      : this.#over
        ? say("cool_over")
        : say(`cool_${this.#reason}`);
    const act = running ? ["cool_stop", () => this.#stop()] : ["cool_start", () => this.#start()];
    this.banner.replaceChildren(
      el("p", { role: running ? "timer" : "status" }, words),
      el("button", { class: "button secondary", type: "button", onclick: act[1] }, say(act[0])),
    );
  }
}
