// Keeps the app's own files on the device, so that it opens without a network. Nothing of a chain, a node or an archive passes
// through its cache: what those say is shown with its age by the app itself.
const FILES = self.__FILES__;
const CACHE = `gridpact-${self.__VERSION__}`;
/** A village's network may be slow; after this many ms the page of the last visit is shown. */
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
    event.waitUntil(keepEarly());
});

self.addEventListener("activate", (event) => {
    const old = (name) => name.startsWith("gridpact-") && name !== CACHE;
    event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const scope = new URL(self.registration.scope);
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
    const file = url.pathname.slice(scope.pathname.length);
    // Named by their content: they never change. The others may be newer on the host.
    if (FILES.fixed.includes(file)) event.respondWith(kept(request));
    else if (request.mode === "navigate" || FILES.fresh.includes(file)) event.respondWith(fresh(request, file));
});

async function keepEarly() {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.early);
    // A page of example data has none.
    await cache.add("grid.json").catch(() => undefined);
}

async function kept(request) {
    const cache = await caches.open(CACHE);
    return (await cache.match(request)) ?? put(cache, request, await fetch(request));
}

async function fresh(request, file) {
    const cache = await caches.open(CACHE);
    const key = request.mode === "navigate" && !FILES.fresh.includes(file) ? "./" : request;
    const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
    try {
        return put(cache, key, await Promise.race([fetch(request), late]));
    } catch {
        return (await cache.match(key)) ?? Response.error();
    }
}

function put(cache, key, answer) {
    if (answer.ok) cache.put(key, answer.clone());
    return answer;
}
