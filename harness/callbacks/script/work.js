// The page's own means of doing something later, watched: requests, short timers, scripts,
// frames and navigation.

const LONG_TIMER_MS = 5000;
// A timer that keeps setting the next one is a heartbeat, as setInterval is; nobody waits for it.
const HEARTBEAT = 20;

const watched = new WeakMap();
const loadingFrames = new Set();
let generation = 0;

function patch(owner, method, apply) {
  if (typeof owner?.[method] === "function") owner[method] = new Proxy(owner[method], { apply });
}

function countPromise(describe, promise) {
  const id = begin(describe);
  // The page gets what `then` makes of it, so that an unhandled failure stays unhandled.
  return promise.then(
    (value) => {
      end(id);
      return value;
    },
    (reason) => {
      end(id);
      throw reason;
    },
  );
}

function patchFetch() {
  patch(window, "fetch", (target, self, args) => {
    const [resource, options] = args;
    const method = options?.method ?? resource?.method ?? "GET";
    const url = String(resource?.url ?? resource);
    return countPromise(() => `${method} ${url}`, Reflect.apply(target, self, args));
  });
  for (const reading of ["arrayBuffer", "blob", "bytes", "formData", "json", "text"]) {
    patch(Response.prototype, reading, (target, self, args) =>
      countPromise(() => `the body of ${self.url}`, Reflect.apply(target, self, args)));
  }
}

function patchXhr() {
  const sent = new WeakMap();
  const asked = new WeakMap();
  patch(XMLHttpRequest.prototype, "open", (target, self, args) => {
    // Opening again drops a request on its way without an event.
    end(sent.get(self));
    asked.set(self, `${args[0]} ${args[1]}`);
    return Reflect.apply(target, self, args);
  });
  patch(XMLHttpRequest.prototype, "send", (target, self, args) => {
    const id = begin(() => asked.get(self));
    sent.set(self, id);
    self.addEventListener("loadend", () => end(id), { once: true });
    try {
      return Reflect.apply(target, self, args);
    } catch (problem) {
      end(id);
      throw problem;
    }
  });
}

function patchTimers() {
  const ids = new Map();
  patch(window, "setTimeout", (target, self, args) => {
    const [handler, delay, ...rest] = args;
    const wait = Number(delay) || 0;
    const own = generation + 1;
    if (typeof handler !== "function" || wait >= LONG_TIMER_MS) {
      return Reflect.apply(target, self, args);
    }
    const origin = new Error("set");
    const counts = own <= HEARTBEAT;
    const id = counts && begin(() => `a timer of ${wait} ms, ${calledFrom(origin)}`);
    function run(...given) {
      const outer = generation;
      generation = own;
      ids.delete(timer);
      try {
        return Reflect.apply(handler, this, given);
      } finally {
        generation = outer;
        end(id);
      }
    }
    const timer = Reflect.apply(target, self, [run, delay, ...rest]);
    ids.set(timer, id);
    return timer;
  });
  for (const clear of ["clearTimeout", "clearInterval"]) {
    patch(window, clear, (target, self, args) => {
      const timer = Number(args[0]);
      end(ids.get(timer));
      ids.delete(timer);
      return Reflect.apply(target, self, args);
    });
  }
}

function calledFrom(error) {
  const places = (error.stack ?? "").split("\n").filter((line) => /\S+:\d+:\d+/.test(line));
  const place = places.find((line) => !line.includes("Object.apply") && !line.includes("Proxy"));
  return place ? place.trim() : "set somewhere";
}

function patchNavigation() {
  window.navigation?.addEventListener("navigate", (event) => {
    const leaves = !event.hashChange && event.downloadRequest === null;
    if (!leaves || event.destination.sameDocument) return;
    const id = begin(() => `a navigation to ${event.destination.url}`);
    event.signal.addEventListener("abort", () => end(id), { once: true });
  });
}

// Loading scripts and frames: known by their insertion, over with `load` or `error`. What is not
// to load anything when it is first seen is not looked at again.
function expectsLoad(node) {
  if (node instanceof HTMLIFrameElement) {
    const elsewhere = node.hasAttribute("srcdoc") || /^https?:/.test(node.src);
    return elsewhere && node.loading !== "lazy";
  }
  const runs = node.type === "" || /javascript|^module$/.test(node.type);
  return runs && Boolean(node.src) && !node.noModule;
}

function inserted(node) {
  if (watched.has(node)) return;
  const loads = expectsLoad(node);
  watched.set(node, loads && begin(() => `${node.localName} ${node.src || "of its own markup"}`));
  if (loads && node instanceof HTMLIFrameElement) loadingFrames.add(node);
}

function loaded(node) {
  loadingFrames.delete(node);
  end(watched.get(node));
}

// A frame that is taken out before it has loaded never tells.
function releaseRemovedFrames() {
  for (const frame of loadingFrames) if (!frame.isConnected) loaded(frame);
}
