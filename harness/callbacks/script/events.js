// How this document tells the recorder what happened. Nothing here may disturb the page.

const documentId = crypto.getRandomValues(new Uint32Array(2)).join("-");
const clock = performance;
const later = window.setTimeout.bind(window);
let emitted = 0;

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
  // Sent before this returns: a navigation on the next line does not lose it.
  tell("event", event).catch(() => {});
}
