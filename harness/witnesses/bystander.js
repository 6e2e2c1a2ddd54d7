// What a bystander sees of every document: presses of buttons, messages, and what fetch brings.
(() => {
  "use strict";
  if (window.__bystander) return;
  Object.defineProperty(window, "__bystander", { value: true });

  // Told together: each call out of a document is a round trip through three processes. Only a
  // document that is told when it will be left can wait; a frame just goes with its parent.
  const HELD_MS = 250;
  const later = window.setTimeout.bind(window);
  let stays = window === window.top && "navigation" in window;
  let heard = [];

  function note(kind, text) {
    heard.push({ kind, url: location.href, top: window === window.top, text });
    if (!stays) tell();
    else if (heard.length === 1) later(tell, HELD_MS);
  }

  function tell() {
    if (!heard.length) return;
    const told = JSON.stringify(heard);
    heard = [];
    window.__bystanderHeard(told).catch(() => {});
  }

  // What is told as late as in `pagehide` does not arrive when the next document is another site's.
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.destination.sameDocument) return;
    stays = false;
    tell();
  });
  // A document that is asked keeps nothing back.
  window.addEventListener("__checkout:asked", tell, true);

  window.addEventListener("message", (event) => {
    try {
      note("message", JSON.stringify(event.data) ?? "");
    } catch {
      note("message", String(event.data));
    }
  }, true);

  window.fetch = new Proxy(window.fetch, {
    apply(target, self, args) {
      const answer = Reflect.apply(target, self, args);
      // Registered first, hence before whoever awaits the answer reads its body.
      answer.then((response) => response.clone().text()).then((text) => note("answer", text), () => {});
      return answer;
    },
  });

  document.addEventListener("click", (event) => {
    const button = event.composedPath().find((node) => node instanceof HTMLButtonElement);
    if (!button) return;
    const root = button.getRootNode();
    const amount = root.querySelector(AMOUNT);
    note("press", JSON.stringify({
      button: button.textContent,
      amount: amount ? amount.textContent : "",
      page: root instanceof ShadowRoot ? root.textContent : "",
    }));
  }, true);
})();
