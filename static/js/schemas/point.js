// „Użyj mojego położenia”: the phone's place goes into the two boxes, where it can be read and changed. Nothing is sent from here.
// Listens on the document, since a question that depends on another one may come into the page later.

function fill(button, { latitude, longitude, accuracy }) {
  const boxes = document.getElementById(button.dataset.locate).querySelectorAll("input");
  [latitude, longitude].forEach((degrees, index) => {
    boxes[index].value = degrees.toFixed(5);
    boxes[index].dispatchEvent(new Event("input", { bubbles: true }));
  });
  return `${Math.max(1, Math.round(accuracy))}\u00a0m.`;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-locate]");
  if (!button) return;
  const said = button.parentElement.querySelector("[data-located]");
  const refuse = () => { said.textContent = said.dataset.refused; };
  if (!("geolocation" in navigator)) { refuse(); return; }
  said.textContent = said.dataset.waiting;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => { said.textContent = `${said.dataset.done} ${fill(button, coords)}`; },
    refuse,
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
  );
});
