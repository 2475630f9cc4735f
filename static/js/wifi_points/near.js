// "Moja lokalizacja": an addition to the field for a street. The place is used here, in the browser, and is sent nowhere.

const button = document.querySelector("[data-locate]");
const said = document.querySelector("[data-said]");
const list = document.querySelector("[data-spots]");
const EARTH = 6_371_000; // metres

function metres([lat1, lon1], [lat2, lon2]) {
  const turn = Math.PI / 180;
  const half = Math.sin(((lat2 - lat1) * turn) / 2) ** 2
    + Math.cos(lat1 * turn) * Math.cos(lat2 * turn) * Math.sin(((lon2 - lon1) * turn) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half));
}

function inWords(distance) {
  if (distance < 1000) return `${Math.max(10, Math.round(distance / 10) * 10)}\u00a0m`;
  return `${(distance / 1000).toFixed(1).replace(".", ",")}\u00a0km`;
}

function order(here) {
  const spots = [...list.children].map((spot) => {
    const far = metres(here, [Number(spot.dataset.lat), Number(spot.dataset.lon)]);
    const shown = spot.querySelector("[data-far]");
    shown.textContent = inWords(far);
    shown.hidden = false;
    return { spot, far, isDown: spot.dataset.state === "down" };
  });
  spots.sort((one, other) => one.isDown - other.isDown || one.far - other.far);
  list.append(...spots.map(({ spot }) => spot));
}

if (button && list && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = said.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = [coords.latitude, coords.longitude];
        order(here);
        const title = document.querySelector("[data-title]");
        title.textContent = title.dataset.near;
        document.querySelector("[data-note]").hidden = false;
        said.textContent = said.dataset.done;
        document.dispatchEvent(new CustomEvent("wifi:here", { detail: here }));
      },
      () => { said.textContent = said.dataset.refused; },
      { maximumAge: 60_000, timeout: 10_000 },
    );
  });
}
