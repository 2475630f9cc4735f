// Keeps the shell of the card and its files for when there is no network. Nothing of any person is kept here: that lies in the phone's own store.
{% autoescape off %}const CACHE = "karta-{{ told.version }}";
const SHELL = "{{ told.shell }}";
const MINE = "{{ told.mine }}";
const FILES = [{% for file in told.files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];{% endautoescape %}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(SHELL, { credentials: "omit" }), ...FILES]);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("karta-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return caches.match(SHELL);
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== location.origin || event.request.method !== "GET") return;
  const isCard = pathname === SHELL || pathname.startsWith(MINE);
  if (event.request.mode === "navigate" && isCard) event.respondWith(page(event.request));
  else if (FILES.includes(pathname)) event.respondWith(file(event.request));
});

// From the network while there is one, so that a new version shows at once; else as it was kept.
async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return caches.match(request, { ignoreSearch: true });
  }
}
