// Small courtesies on every page. Nothing here is needed to get a matter done.

const summary = document.querySelector("[data-error-summary]");
if (summary) {
  document.title = `Błąd: ${document.title}`;
  summary.focus();
}

// One press sends once: a second press within five seconds is swallowed, and the server keeps its own guard (idempotency key).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get") return;
  if (form.dataset.sentAt && Date.now() - Number(form.dataset.sentAt) < 5000) {
    event.preventDefault();
    return;
  }
  form.dataset.sentAt = String(Date.now());
});
