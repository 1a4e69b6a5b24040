// When the server is asked: after a pause in typing, once at a time; the newest answer wins, older ones are cancelled.

const SHORTEST = 40; // milliseconds of pause; a server that takes long is asked less often
const LONGEST = 800;
const AT_LEAST = 1500; // who types without a pause is answered that often
const RETRIES = [2000, 4000, 8000, 15000];

/** What the server said instead of an answer: `status` 0 when it could not be reached. */
export class Refusal extends Error {
  constructor(status, detail = "", after = 0) {
    super(detail);
    Object.assign(this, { status, detail, after });
  }
}

/** The JSON (or, with `as`, the blob) that the server answers. Raises Refusal, or AbortError. */
export async function ask(path, { body, type = "application/json", signal, as = "json" } = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      body,
      signal,
      headers: { "Content-Type": type },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    if (answer.ok) return await answer[as]();
  } catch (reason) {
    if (reason.name === "AbortError") throw reason;
    throw new Refusal(0);
  }
  const problem = await answer.json().catch(() => ({}));
  const words = [problem.title, problem.detail].filter(Boolean).join(" ");
  throw new Refusal(answer.status, words, Number(answer.headers.get("Retry-After")) * 1000);
}

export class Reviewer {
  #timer = 0;
  #waiting = 0; // since when something is waiting to be read
  #lasted = 0; // milliseconds that the last answer took
  #failed = 0; // times in a row that the server could not be reached
  #running = null;

  /** `read(signal)` asks the server; `answered(report)` and `troubled(refusal)` show what came of it. */
  constructor({ read, answered, troubled }) {
    Object.assign(this, { read, answered, troubled });
  }

  /** The draft has changed: read it after a pause. */
  want() {
    const now = performance.now();
    this.#waiting ||= now;
    const pause = Math.min(Math.max(SHORTEST, this.#lasted), LONGEST);
    this.#after(Math.max(0, Math.min(pause, this.#waiting + AT_LEAST - now)));
  }

  /** Read it now. */
  async now() {
    this.cancel();
    const running = (this.#running = new AbortController());
    const began = performance.now();
    try {
      const report = await this.read(running.signal);
      if (running !== this.#running) return;
      this.#lasted = performance.now() - began;
      this.#failed = 0;
      this.answered(report);
    } catch (refusal) {
      if (running !== this.#running || refusal.name === "AbortError") return;
      if (!(refusal instanceof Refusal)) throw refusal;
      this.troubled(refusal);
      if (refusal.status === 0) {
        this.#after(RETRIES[Math.min(this.#failed, RETRIES.length - 1)]);
        this.#failed += 1;
      } else if (refusal.after) this.#after(refusal.after);
    }
  }

  /** Nothing is to be read any more. */
  cancel() {
    clearTimeout(this.#timer);
    this.#waiting = 0;
    this.#running?.abort();
    this.#running = null;
  }

  #after(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), milliseconds);
  }
}
