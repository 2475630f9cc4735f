// Saves what is typed on a screen of a form every few seconds. Without it every button of the form saves as well.
// Nothing is kept in the browser: a PESEL must not stay on a shared computer. When the session has ended, the page keeps
// the form as it is and says how to sign in beside it.

const PAUSE = 3000;
const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-autosave-status]");
const signedOut = document.querySelector("[data-signed-out]");
let timer = 0;
let saving = null;
let changed = false;
let stopped = false;

function content() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function save({ keepalive = false } = {}) {
  clearTimeout(timer);
  if (!changed || stopped || saving) return saving;
  changed = false;
  saving = send(keepalive).finally(() => {
    saving = null;
    if (changed) later();
  });
  return saving;
}

async function send(keepalive) {
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: content(), redirect: "manual", keepalive });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return showSignedOut();
    const told = await answer.json();
    status.textContent = told.message;
    if (!answer.ok) stopped = true;
    else if (told.seen) form.elements.seen.value = told.seen; // the mark by which another device's save is noticed
  } catch {
    changed = true;
    status.textContent = signedOut.dataset.failed;
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

function showSignedOut() {
  changed = true;
  stopped = true;
  signedOut.hidden = false;
}

// Signed in again in another tab: the form needs the new token of the session, everything typed stays as it is.
async function comeBack() {
  if (signedOut.hidden) return;
  const answer = await fetch(location.href, { redirect: "manual" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  form.elements.csrfmiddlewaretoken.value = fresh.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]").value;
  signedOut.hidden = true;
  stopped = false;
  save();
}

if (form) {
  form.addEventListener("input", () => {
    changed = true;
    later();
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    changed = false;
    if (!saving) return;
    event.preventDefault();
    await saving;
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? save({ keepalive: true }) : comeBack()));
  window.addEventListener("focus", comeBack);
}
