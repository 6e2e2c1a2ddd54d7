// How this document tells the recorder what happened. Nothing here may disturb the page.

const documentId = crypto.getRandomValues(new Uint32Array(2)).join("-");
const clock = performance;
const murmur = console.debug.bind(console);
let emitted = 0;

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
  window.__checkoutRecorder(JSON.stringify(event)).catch(() => {});
  // Wakes whoever waits for it: the console reaches Playwright after the line above.
  murmur("checkout recorder:", kind, phase);
}
