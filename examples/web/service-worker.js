/** Keeps the site for when there is no network. The build fills in the version and the files. */
const version = "VERSION";
const files = ["FILES"];
const prefix = "lanewise-web-";
const cacheName = prefix + version;

self.addEventListener("install", (event) => {
  event.waitUntil(store().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldVersions().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === self.location.origin) event.respondWith(answer(event.request));
});

async function store() {
  const cache = await caches.open(cacheName);
  // Names with a hash may come from the browser's own cache; the page itself must be new
  await cache.addAll(files.map((file) => (file === "./" ? new Request(file, { cache: "reload" }) : file)));
}

async function dropOldVersions() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)),
  );
}

async function answer(request) {
  const cache = await caches.open(cacheName);
  const wanted = request.mode === "navigate" ? "./" : request;
  return (await cache.match(wanted, { ignoreSearch: true })) ?? fetch(request);
}
