/**
 * Starts the app without a network.
 *
 * The list of files comes from the build; each has a hash, so a new version fetches only what has changed and the browser
 * notices a new worker by its bytes. What the app needs to start is there when the worker is installed; the scanner,
 * larger than the app, follows once the worker is active. Answers of the service (`/v1/`, `/01/`) and the labels of the
 * demonstration are never kept here: the app itself knows what it may say without a network.
 */

const LIST = /* tanba:precache */ null;

const FILES = (LIST?.files ?? []).filter(({ url }) => !url.startsWith("/_"));
const CACHE = "tanba-files";
const SCANNER = "/scan/";
const LIVE = ["/v1/", "/01/", "/demo"];

/** The address under which a file's bytes are kept: a changed file is another entry. */
const keyOf = ({ url, hash }) => `${url}?hash=${hash}`;
const isScanner = ({ url }) => url.startsWith(SCANNER);
const byUrl = new Map(FILES.map((file) => [file.url, file]));

self.addEventListener("install", (event) => {
  event.waitUntil(keep(FILES.filter((file) => !isScanner(file))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(drop().then(() => self.clients.claim()));
  // Not waited for: the app is usable before the scanner is here. What is missing is fetched when it is asked for.
  keep(FILES.filter(isScanner)).catch(() => {});
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || LIVE.some((live) => pathname.startsWith(live))) {
    return;
  }
  const file = byUrl.get(request.mode === "navigate" ? "/" : pathname);
  if (file) {
    event.respondWith(serve(file, request));
  }
});

/** Fetches what is not kept yet. All or nothing, so that a half version is never served. */
async function keep(files) {
  const cache = await caches.open(CACHE);
  await Promise.all(files.map(async (file) => (await cache.match(keyOf(file))) ?? fetchInto(cache, file)));
}

async function fetchInto(cache, file) {
  const response = await fetch(file.url, { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`${file.url}: ${response.status}`);
  }
  await cache.put(keyOf(file), response.clone());
  return response;
}

/** Forgets what this version does not have. */
async function drop() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(FILES.map((file) => new URL(keyOf(file), location.origin).href));
  const held = await cache.keys();
  await Promise.all(held.filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
}

async function serve(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(keyOf(file))) ?? (await fetchInto(cache, file).catch(() => fetch(request)));
}
