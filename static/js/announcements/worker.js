// Shows a message that came while the portal was closed, and opens its page. Messages of one announcement replace each other by their tag.

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = { body: told.body, tag: told.tag, data: { url: told.url }, lang: told.lang || "pl" };
  event.waitUntil(self.registration.showNotification(told.title || "Pruszcz Gdański", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url || "/komunikaty/", self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});
