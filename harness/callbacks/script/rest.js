// What this document is still waiting for, and telling Python when that is nothing.

const pending = new Map();
let activity = 0;
let nextId = 0;
let wake = [];

function begin(describe) {
  nextId += 1;
  activity += 1;
  pending.set(nextId, describe);
  return nextId;
}

function end(id) {
  if (!pending.delete(id)) return;
  activity += 1;
  if (pending.size === 0) wakeAll();
}

function wakeAll() {
  const woken = wake;
  wake = [];
  for (const resolve of woken) resolve();
}

function isAtRest() {
  return pending.size === 0 && document.readyState === "complete";
}

function macrotask() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

// Whoever else watches this document may hold back what it heard until this is asked.
const ASKED = "__checkout:asked";

function told(quiet) {
  window.dispatchEvent(new Event(ASKED));
  tellHeld();
  const waiting = [...pending.values()].map((describe) => describe());
  if (document.readyState !== "complete") waiting.push(`the document (${document.readyState})`);
  return { quiet, pending: waiting, activity, emitted, document: documentId };
}

// Tells Python when nothing is pending and nothing has become so a macrotask later, or at the
// deadline what still is. Settles when Python has heard.
async function atRest([question, deadlineMs]) {
  let expired = false;
  later(() => {
    expired = true;
    wakeAll();
  }, deadlineMs);
  for (;;) {
    if (isAtRest()) {
      const before = activity;
      await macrotask();
      await macrotask();
      if (isAtRest() && activity === before) {
        return tell("rest", [question, told(true)]);
      }
    } else if (expired) {
      return tell("rest", [question, told(false)]);
    } else {
      await new Promise((resolve) => wake.push(resolve));
    }
  }
}
