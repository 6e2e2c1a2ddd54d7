// What a bystander sees of every document: presses of buttons, messages, and what fetch brings.
(() => {
  "use strict";
  if (window.__bystander) return;
  Object.defineProperty(window, "__bystander", { value: true });

  function tell(kind, text) {
    const heard = { kind, url: location.href, top: window === window.top, text };
    // The document may be on its way out; whoever listens is then told by the next one.
    window.__bystanderHeard(JSON.stringify(heard)).catch(() => {});
  }

  window.addEventListener("message", (event) => {
    try {
      tell("message", JSON.stringify(event.data) ?? "");
    } catch {
      tell("message", String(event.data));
    }
  }, true);

  window.fetch = new Proxy(window.fetch, {
    apply(target, self, args) {
      const answer = Reflect.apply(target, self, args);
      // Registered first, hence before whoever awaits the answer reads its body.
      answer.then((response) => response.clone().text()).then((text) => tell("answer", text), () => {});
      return answer;
    },
  });

  document.addEventListener("click", (event) => {
    const button = event.composedPath().find((node) => node instanceof HTMLButtonElement);
    if (!button) return;
    const root = button.getRootNode();
    const amount = root.querySelector(AMOUNT);
    tell("press", JSON.stringify({
      button: button.textContent,
      amount: amount ? amount.textContent : "",
      page: root instanceof ShadowRoot ? root.textContent : "",
    }));
  }, true);
})();
