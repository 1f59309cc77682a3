// Keeps the app itself on the device: it starts without a connection, and one build at a time. What people say and buy
// is none of its business: calls of the API, and its description, are never touched.
"use strict";

// Written by the build: every file of it that is named after what it holds, and a name for all of them together.
const build = { name: "none", files: [] };

const cacheName = `bottega-${build.name}`;
const pictures = "bottega-pictures";

self.addEventListener("install", (event) => {
  const page = new Request("/", { cache: "reload" });
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([page, ...build.files])));
});

// A new build waits until the page says that it may take over, or until no page of the old one is left.
self.addEventListener("message", (event) => {
  const { data } = event;
  if (data === "take over") self.skipWaiting();
  else if (data?.seen !== undefined) event.waitUntil(takeAway(data.seen));
  else if (data?.left !== undefined) event.waitUntil(takeAway());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // A tab of the build before may still ask for its later parts.
    const builds = (await caches.keys()).filter((name) => name.startsWith("bottega-") && name !== pictures);
    const kept = builds.slice(-2);
    await Promise.all(builds.filter((name) => !kept.includes(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = request.method === "GET" && url.origin === location.origin;
  const isServers = ["/v1", "/docs"].some((room) => url.pathname === room || url.pathname.startsWith(`${room}/`));
  if (!isOurs || isServers || url.pathname === "/service-worker.js") return;
  // The processor's window comes back there: a page of its own, which needs the server anyway.
  if (url.pathname.startsWith("/returned.")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (build.files.includes(url.pathname)) event.respondWith(file(request));
  else if (/^\/app-[0-9a-f]+\//.test(url.pathname)) event.respondWith(partOfAnother(request));
  else if (url.pathname.startsWith("/art/")) event.respondWith(picture(request));
});

/** Every address of the app is the same page, of the build that this worker belongs to. */
async function page(request) {
  const cache = await caches.open(cacheName);
  return (await cache.match("/")) ?? fetch(request);
}

/** A file of this build. */
async function file(request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** A part of the build before, for a tab that is still of it. */
async function partOfAnother(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** A picture as it is now, or as it was. */
async function picture(request) {
  const cache = await caches.open(pictures);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const known = await cache.match(request, { ignoreVary: true });
    if (known) return known;
    throw error;
  }
}

// What the server tells while nobody looks: who, what, and the thread it is about.
self.addEventListener("push", (event) => {
  const told = event.data?.json();
  if (told) event.waitUntil(tell(told));
});

// Safari stops telling whoever is told something unseen a few times; the others allow it while the app is looked at.
const isStrict = /AppleWebKit/.test(navigator.userAgent) && !/Chrom(e|ium)/.test(navigator.userAgent);

async function tell({ title, body, thread }) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  // Whoever is looking at the app sees it there.
  const isLookedAt = pages.some((page) => page.focused && page.visibilityState === "visible");
  if (isLookedAt && !isStrict) return;
  await self.registration.showNotification(title, {
    body,
    // The newest of a thread takes the place of the one before.
    tag: thread,
    renotify: !isLookedAt,
    silent: isLookedAt,
    icon: "/icon-192.png",
    data: { address: `/t/${thread}` },
  });
  await count();
}

/** What was told of a thread has been seen; without one, of all of them. */
async function takeAway(thread) {
  for (const notification of await self.registration.getNotifications(thread ? { tag: thread } : {})) notification.close();
  if (!thread) await count();
}

/** The icon of an installed app tells of how many conversations something was told; a page that is open knows better. */
async function count() {
  const told = await self.registration.getNotifications();
  await self.navigator.setAppBadge?.(told.length).catch(() => {});
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.address));
});

/** Brings the app in front, at an address of its own. */
async function open(address) {
  const pages = await self.clients.matchAll({ type: "window" });
  // Nobody is taken out of the middle of a payment.
  const page = pages.find(({ url }) => !new URL(url).pathname.startsWith("/approve/"));
  if (!page) return self.clients.openWindow(address);
  // Where the browser does not let it in front, it is there when one looks.
  await page.focus().catch(() => {});
  // Without loading it anew: what is being written there stays.
  page.postMessage({ go: address });
}
