// Two minutes before the session ends it asks. Other open pages of the portal may have kept the session alive meanwhile,
// so the server is asked first; only a press on "Zostaję" is a sign of life.

const dialog = document.querySelector("[data-session-warning]");
const leftPlace = dialog?.querySelector("[data-session-left]");
const form = dialog?.querySelector("form");
let endsAt = 0;
let ticking = 0;

const secondsLeft = () => Math.max(0, Math.round((endsAt - Date.now()) / 1000));
const inWords = (seconds) => (seconds >= 60 ? `${Math.floor(seconds / 60)}\u00a0min ${String(seconds % 60).padStart(2, "0")}\u00a0s` : `${seconds}\u00a0s`);

function wait(left) {
  clearInterval(ticking);
  endsAt = Date.now() + left * 1000;
  const warning = Number(dialog.dataset.warning);
  ticking = setInterval(() => secondsLeft() <= warning && check(), 1000);
}

async function check() {
  clearInterval(ticking);
  const state = await ask("GET");
  if (!state) return wait(secondsLeft());
  if (state.left > state.warning) {
    if (dialog.open) dialog.close();
    return wait(state.left);
  }
  if (state.left <= 0) return leave();
  endsAt = Date.now() + state.left * 1000;
  dialog.querySelector("[data-session-last]").hidden = state.may_be_extended;
  form.querySelector("button").hidden = !state.may_be_extended;
  if (!dialog.open) dialog.showModal();
  count();
}

function count() {
  leftPlace.textContent = inWords(secondsLeft());
  ticking = setInterval(() => {
    leftPlace.textContent = inWords(secondsLeft());
    if (secondsLeft() <= 0) check();
  }, 1000);
}

async function ask(method) {
  try {
    const body = method === "POST" ? new FormData(form) : undefined;
    const answer = await fetch(dialog.dataset.url, { method, body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function leave() {
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`${dialog.dataset.endedUrl}?next=${here}`);
}

async function stay(event) {
  event.preventDefault();
  event.stopPropagation();
  const state = await ask("POST");
  if (state && state.left <= 0) return leave();
  dialog.close();
  wait(state ? state.left : secondsLeft());
}

if (dialog) {
  form.addEventListener("submit", stay);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  wait(Number(dialog.dataset.left));
}
