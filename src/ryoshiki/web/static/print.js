// The button that prints the leaflet. Without a script it stays hidden: the browser's own command prints as well.

const button = document.getElementById("print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
