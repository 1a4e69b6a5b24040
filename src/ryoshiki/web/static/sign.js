// A signature by finger, pen or mouse: strokes as moves and lines on a field of 600 by 200.

import { byId } from "./dom.js";

const form = document.getElementById("sign");
if (form) signing();

function signing() {
  const pad = byId("pad");
  const path = pad.querySelector("path");
  let strokes = "";
  let drawing = null; // the pointer that draws
  let last = "";

  const at = (event) => {
    const box = pad.getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(Math.round(value * most), 0), most);
    return `${within((event.clientX - box.left) / box.width, 600)} ${within((event.clientY - box.top) / box.height, 200)}`;
  };
  const show = (value) => {
    strokes = value;
    path.setAttribute("d", strokes);
    byId("strokes").value = strokes;
  };

  pad.addEventListener("pointerdown", (event) => {
    drawing = event.pointerId;
    pad.setPointerCapture(drawing);
    last = at(event);
    show(`${strokes}M${last}L${last}`); // a dot is a stroke as well
    byId("sign-error").textContent = "";
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drawing || strokes.length > 19_000) return;
    const here = at(event);
    if (here !== last) show(`${strokes}L${here}`);
    last = here;
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => (drawing = null));
  byId("again").addEventListener("click", () => show(""));

  const agreed = () => new FormData(form).get("answer") === "agreed";
  form.addEventListener("change", () => (byId("signing").hidden = new FormData(form).get("answer") === "refused"));
  form.addEventListener("submit", (event) => {
    if (!agreed() || strokes || byId("typed").value.trim()) return;
    event.preventDefault();
    const error = byId("sign-error");
    error.textContent = error.dataset.words;
    pad.focus();
  });
}
