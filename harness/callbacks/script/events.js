// How this document tells the recorder what happened. Nothing here may disturb the page.

const documentId = crypto.getRandomValues(new Uint32Array(2)).join("-");
const clock = performance;
const later = window.setTimeout.bind(window);
let emitted = 0;

// What a hook does is told when its task is over, since a task often goes through all of them; a
// callback is told before `emit` returns, and takes along what was held. Only a document that is
// told when it will be left can hold anything: a frame just goes with its parent.
const HOOKS = new Set(["before_payment", "validate_payment"]);
let stays = window === window.top && "navigation" in window;
const held = [];

// To the one binding there is: each costs every document, and each call of it a round trip.
function tell(what, content) {
  return window.__checkoutRecorder(what, JSON.stringify(content));
}

// JSON of anything: cycles, functions and BigInt become words, errors their name and message.
function snapshot(value) {
  const ancestors = [];
  function plain(key, item) {
    if (typeof item === "function") return `[function ${item.name}]`;
    if (typeof item === "bigint") return String(item);
    if (item instanceof Error) return { name: item.name, message: item.message };
    if (typeof item !== "object" || item === null) return item;
    while (ancestors.length && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(item)) return "[circular]";
    ancestors.push(item);
    return item;
  }
  try {
    return JSON.stringify(value, plain) ?? null;
  } catch (problem) {
    return JSON.stringify(`[unreadable: ${problem}]`);
  }
}

function emit(kind, phase, name, value) {
  emitted += 1;
  const event = {
    document: documentId,
    number: emitted,
    kind,
    phase,
    name,
    payload: snapshot(value),
    at: clock.timeOrigin + clock.now(),
    url: location.href,
  };
  held.push(event);
  if (!(stays && HOOKS.has(kind))) tellHeld();
  else if (held.length === 1) later(tellHeld, 0);
}

function tellHeld() {
  if (held.length) tell("events", held.splice(0)).catch(() => {});
}

// What is said once a document is being left goes out at once: there may be no later.
function watchLeaving() {
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.destination.sameDocument) return;
    stays = false;
    tellHeld();
  });
}
