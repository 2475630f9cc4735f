// Asks this browser for its permission to show messages and tells the portal where to send them. Without it e-mail and SMS remain.

const button = document.querySelector("[data-push]");
const words = document.querySelector("[data-push-words]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const say = (text) => {
  words.textContent = text;
};

async function agree() {
  if ((await Notification.requestPermission()) !== "granted") return say(button.dataset.refused);
  const registration = await navigator.serviceWorker.register(button.dataset.worker, { scope: button.dataset.scope });
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(button.dataset.push),
  });
  const answer = await fetch(button.dataset.address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": button.dataset.token },
    body: JSON.stringify(subscription),
  });
  const { error } = await answer.json();
  if (error) say(error);
  else window.location.reload();
}

if (button && "serviceWorker" in navigator && "PushManager" in window) {
  button.hidden = false;
  button.addEventListener("click", () => agree().catch(() => say(button.dataset.failed)));
}
