// The consent ledger, asked about a photo: who agreed, as far as it is on record. Only where the desk is there.

import { el } from "./dom.js";
import { data, say } from "./say.js";

/** A button that asks about `blob`, and the place of the answer; nothing where no records are kept. */
export function ledgerButton(blob) {
  if (!data.ledger) return null;
  const told = el("div", { role: "status" });
  const look = async (event) => {
    event.target.disabled = true;
    told.replaceChildren(...(await answered(blob)));
    event.target.disabled = false;
  };
  return el(
    "div",
    { class: "ledger" },
    el("button", { class: "button plain", type: "button", onclick: look }, say("ledger_ask")),
    told,
  );
}

async function answered(blob) {
  const body = new FormData();
  body.append("photo", blob);
  let found;
  try {
    const answer = await fetch("/desk/consents/ask", {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "error", // to the sign-in
    });
    found = await answer.json();
    if (!answer.ok) return [el("p", {}, found.detail || found.title)];
  } catch {
    return [el("p", {}, el("a", { href: "/desk/consents" }, say("ledger_sign_in")))];
  }
  const line = (consent) =>
    el(
      "li",
      { lang: "ja" },
      `${consent.person}（${consent.event}）: ${say(consent.holds ? "consent_given" : "ledger_not")}`,
    );
  return [el("p", {}, found.words), el("ul", {}, ...found.consents.map(line))];
}
