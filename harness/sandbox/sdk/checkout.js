// Checkout.init, Checkout.reload and Checkout.showPopup: the one global a merchant page sees.
sdk.checkout = {
  all: [],
  current: null,

  init(config) {
    const given = { lang: 'en', ...config };
    const checkout = { config: given, frames: [], offers: [], selected: null, attempt: null, saveCard: false, turn: 0 };
    if (!document.getElementById(given.selector)) {
      console.error(`Ottu Checkout: the page has no element with the id "${given.selector}" to show the checkout in.`);
      return;
    }
    sdk.checkout.all.filter((one) => one.config.selector === given.selector).forEach(sdk.checkout.dispose);
    sdk.checkout.all.push(checkout);
    sdk.checkout.current = checkout;
    sdk.mount.attach(checkout);
    sdk.checkout.load(checkout, { preload: sdk.session.preloaded(given), isFirst: true });
  },

  reload() {
    const checkout = sdk.checkout.current;
    if (!checkout) {
      console.error('Ottu Checkout: reload needs an init before it.');
    } else if (checkout.attempt && !checkout.attempt.told) {
      console.warn('Ottu Checkout: not reloaded, a payment is under way.');
    } else if (sdk.mount.place(checkout)) {
      checkout.attempt = null;
      sdk.checkout.load(checkout, { preload: null, isFirst: false });
    }
  },

  async load(checkout, { preload, isFirst }) {
    checkout.turn += 1;
    const { turn } = checkout;
    sdk.mount.busy(checkout, true);
    let payload = preload;
    try {
      payload = payload || await sdk.session.fetch(checkout);
      sdk.defects.apply((payload.sdk_studio || {}).defects || []);
    } catch (failure) {
      if (turn === checkout.turn && !checkout.isDisposed) sdk.checkout.cannotStart(checkout, failure, isFirst);
      return;
    }
    if (turn !== checkout.turn || checkout.isDisposed) return;
    checkout.payload = payload;
    sdk.checkout.show(checkout);
  },

  show(checkout) {
    if (sdk.session.isPayable(checkout.payload)) {
      sdk.endings.noted.delete(checkout.config.session_id);
      sdk.view.render(checkout);
      sdk.checkout.knockOnce(checkout);
    } else {
      sdk.endings.meet(checkout);
    }
    sdk.mount.busy(checkout, false);
  },

  knockOnce(checkout) {
    if (checkout.hasKnocked) return;
    checkout.hasKnocked = true;
    sdk.session.knock(checkout);
  },

  // Told on every init; not again on a reload, which the error callback itself may ask for.
  cannotStart(checkout, failure, isFirst) {
    checkout.payload = null;
    sdk.view.closed(checkout, 'noMethods');
    sdk.mount.busy(checkout, false);
    sdk.popup.show('error', failure.message, null);
    if (!isFirst) return;
    const attempt = { offer: { formOfPayment: '' }, sessionId: checkout.config.session_id, challenged: false };
    sdk.callbacks.run('error', sdk.callbacks.errorData(failure, attempt));
  },

  dispose(checkout) {
    checkout.isDisposed = true;
    if (checkout.challenge) checkout.challenge.abort();
    for (const frame of checkout.frames.splice(0)) frame.close();
    checkout.wrapper.remove();
    sdk.checkout.all = sdk.checkout.all.filter((one) => one !== checkout);
  },

  // Back from the gateway by the browser's own button, the page is as it was left: locked.
  restored(event) {
    if (!event.persisted) return;
    for (const checkout of sdk.checkout.all) if (checkout.attempt && checkout.attempt.leaving) checkout.attempt.told = 'left';
    sdk.popup.closeRedirect();
    if (sdk.checkout.current) sdk.checkout.reload();
  },
};

window.addEventListener('pageshow', (event) => sdk.checkout.restored(event));

window.Checkout = {
  init: (config) => sdk.checkout.init(config),
  reload: () => sdk.checkout.reload(),
  showPopup: (type, message, response) => sdk.popup.show(type, message, response),
};
