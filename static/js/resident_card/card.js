// The card on the phone: shows the code that this phone signs, new every 30 seconds, with and without a network.
// Without this script the number below the card does the same by being typed.

import { code, forget, keep, kept, newKey } from "./phone.js";
import { modules, SIZE } from "./qr.js";

const LIFE = 30_000;
const SVG = "http://www.w3.org/2000/svg";
const inFours = (number) => number.replace(/(.{4})(?=.)/g, "$1 ");

// The clock of the town: a phone that is wrong by minutes would show codes that no gate believes.

async function offsetNow(url) {
  const before = Date.now();
  const answer = await fetch(url, { method: "HEAD", cache: "no-store" });
  const there = Date.parse(answer.headers.get("Date")) + 500; // the header has whole seconds
  const offset = there - (before + Date.now()) / 2;
  return Math.abs(offset) < 2000 ? 0 : Math.round(offset);
}

async function setClock(face, record) {
  try {
    record.offset = await offsetNow(face.dataset.clockUrl);
    await keep(record);
  } catch { /* no network: the last known offset */ }
}

// Drawing

function drawn(grid) {
  const side = SIZE + 8; // four light modules around, as the standard asks
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", grid.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}

async function showCode(face, record) {
  const text = await code(record);
  const place = face.querySelector("[data-qr]");
  place.replaceChildren(drawn(modules(text)));
  place.hidden = false;
  face.dataset.madeAt = Date.now();
}

function showTime(face, record) {
  const now = new Date(Date.now() + record.offset);
  face.querySelector("[data-time]").textContent = now.toLocaleTimeString("pl-PL", { timeZone: "Europe/Warsaw" });
  const left = Math.max(0, LIFE - (Date.now() - Number(face.dataset.madeAt)));
  face.querySelector("[data-left]").value = left / 1000;
}

async function showFace(face, record) {
  const set = (name, text) => { face.querySelector(`[data-${name}]`).textContent = text; };
  set("name", record.name);
  set("number", inFours(record.number));
  const today = new Date(Date.now() + record.offset).toLocaleDateString("sv-SE", { timeZone: "Europe/Warsaw" });
  const item = face.querySelector("[data-package]").content;
  face.querySelector("[data-packages]").replaceChildren(...record.packages.filter(([, until]) => until >= today).map(([name]) => {
    const row = item.cloneNode(true);
    row.querySelector("span").textContent = name;
    return row;
  }));
  await showPhoto(face.querySelector("[data-photo]"), record.photo);
}

async function showPhoto(place, photo) {
  if (!photo || !place) return;
  const picture = await createImageBitmap(photo);
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", place.dataset.photo);
  place.replaceChildren(canvas);
}

// The living card

async function live(face, record) {
  await setClock(face, record);
  await showCode(face, record);
  face.classList.add("pkm--live");
  const fresh = face.querySelector("[data-fresh]");
  fresh.hidden = false;
  fresh.querySelector("button").addEventListener("click", () => showCode(face, record));
  setInterval(() => {
    if (document.hidden) return;
    if (Date.now() - Number(face.dataset.madeAt) >= LIFE) showCode(face, record);
    showTime(face, record);
  }, 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) showCode(face, record); });
  showTime(face, record);
  navigator.wakeLock?.request("screen").catch(() => {});
}

/** What the server says of the card goes into the record, so that the card is whole without a network. */
async function refreshed(record, told) {
  Object.assign(record, { person: told.person, number: told.number, name: told.name, packages: told.packages });
  try {
    record.photo = told.photo ? await (await fetch(told.photo)).blob() : null;
  } catch { /* the photo of last time */ }
  await keep(record);
  return record;
}

function offerToTie(form, person) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [, half] = await newKey(person);
    form.elements.public_key.value = half;
    form.elements.device.value = navigator.userAgentData?.platform ?? navigator.platform ?? "";
    form.submit();
  });
}

async function onMyPage(face) {
  const told = JSON.parse(face.dataset.card);
  const records = (await kept()).filter((one) => one.person === told.person);
  const mine = told.number && records.find((one) => one.fingerprint === told.key);
  await Promise.all(records.filter((one) => one !== mine).map(forget));
  if (mine) await live(face, await refreshed(mine, told));
  document.querySelectorAll("[data-tied]").forEach((part) => { part.hidden = !mine; });
  const form = document.querySelector("form[data-tie]");
  if (form && !mine) offerToTie(form, told.person);
}

/** The page that works without a network: every card that this phone holds, one shown at a time. */
async function inThePhone(face) {
  const records = (await kept()).filter((one) => one.number);
  const wanted = records.find((one) => one.person === location.hash.slice(1)) ?? records[0];
  face.hidden = !wanted;
  document.querySelector("[data-no-card]").hidden = Boolean(wanted);
  if (!wanted) return;
  const others = document.querySelector("[data-others]");
  others.replaceChildren(...records.filter((one) => one !== wanted).map((one) => Object.assign(document.createElement("a"), { href: `#${one.person}`, textContent: one.name })));
  window.addEventListener("hashchange", () => location.reload());
  await showFace(face, wanted);
  await live(face, wanted);
}

const face = document.querySelector("[data-card]");
if (face && window.crypto?.subtle) {
  if (face.dataset.workerUrl) navigator.serviceWorker?.register(face.dataset.workerUrl).catch(() => {});
  if (face.dataset.card) await onMyPage(face);
  else await inThePhone(face);
}
