// The list as a map: an addition, drawn by Leaflet from what the list holds. Without the address of a tile server nothing is asked of anybody.

const section = document.querySelector("[data-map]");
const spots = [...document.querySelectorAll("[data-spots] > li")];
const L = window.L;

function dot(name, size) {
  return L.divIcon({ className: name, iconSize: [size, size] });
}

function draw() {
  section.hidden = false;
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(section.querySelector("[data-ground]"), {
    attributionControl: Boolean(section.dataset.tiles), zoomControl: false, scrollWheelZoom: false,
    zoomAnimation: !reduced, fadeAnimation: !reduced, maxZoom: 18,
  });
  L.control.zoom({ zoomInTitle: section.dataset.zoomIn, zoomOutTitle: section.dataset.zoomOut }).addTo(map);
  if (section.dataset.tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(section.dataset.tiles, { attribution: section.dataset.credit, maxZoom: 18 }).addTo(map);
  }
  const group = L.featureGroup(spots.map((spot) => {
    const link = spot.querySelector("a");
    const state = spot.dataset.state;
    const marker = L.marker([Number(spot.dataset.lat), Number(spot.dataset.lon)], {
      icon: dot(`map__spot map__spot--${state}`, 24), title: `${link.textContent}, ${spot.dataset.words}`, alt: `${link.textContent}, ${spot.dataset.words}`,
    });
    marker.on("click", () => { location.assign(link.href); });
    return marker;
  })).addTo(map);
  let mine;
  const fit = () => {
    const bounds = group.getBounds();
    map.fitBounds(mine ? bounds.extend(mine.getLatLng()) : bounds, { padding: [28, 28], maxZoom: 16, animate: false });
  };
  const show = (here) => {
    mine?.remove();
    mine = L.marker(here, { icon: dot("map__here", 20), interactive: false, keyboard: false }).addTo(map);
    fit();
  };
  fit();
  map.on("resize", fit);
  if (section.dataset.here) show(section.dataset.here.split(",").map(Number));
  document.addEventListener("wifi:here", ({ detail }) => show(detail));
}

if (section && spots.length && L) draw();
