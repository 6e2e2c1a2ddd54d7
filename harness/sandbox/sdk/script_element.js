// The SDK's own <script>: it says where Ottu is and, by its attributes, what the merchant wants told.
sdk.scriptElement = {
  running: document.currentScript,

  // A page may take the element away and put in another, so it is looked for when it is needed.
  find() {
    const running = sdk.scriptElement.running;
    if (running && running.isConnected) return running;
    const scripts = [...document.querySelectorAll('script[src]')];
    const own = scripts.filter((script) => /\/checkout\/v3\/checkout\.min\.js(\?|#|$)/.test(script.src));
    return own[own.length - 1] || running;
  },

  protocol() {
    const element = sdk.scriptElement.find();
    return element && element.src ? new URL(element.src, document.baseURI).protocol : window.location.protocol;
  },

  attribute(name) {
    const element = sdk.scriptElement.find();
    return element ? (element.getAttribute(name) || '').trim() : '';
  },
};
