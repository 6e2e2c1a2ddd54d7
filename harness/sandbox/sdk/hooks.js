// What the merchant may do before a payment: refuse it, or change it and let it go on.
sdk.hooks = {
  order: ['validatePayment', 'beforePayment'],

  // True when the payment may go on. A rejection stops it silently: the merchant says why.
  async pass(attempt) {
    for (const kind of sdk.hooks.order) {
      try {
        await sdk.hooks.call(kind, attempt);
      } catch (reason) {
        console.error(reason);
        return false;
      }
    }
    return true;
  },

  call(kind, attempt) {
    const hook = sdk.callbacks.lookup(kind);
    if (!hook) return undefined;
    return kind === 'beforePayment' ? hook.call(window, sdk.hooks.data(attempt)) : hook.call(window);
  },

  data(attempt) {
    const { offer } = attempt;
    const data = { form_of_payment: offer.formOfPayment };
    if (offer.kind === 'redirect' || offer.kind === 'ottu_pg') {
      return { ...data, redirect_url: offer.source.redirect_url, message: 'Redirecting to the payment page...' };
    }
    if (offer.kind === 'card') return { ...data, card: attempt.card };
    if (offer.kind === 'token') return { ...data, card: sdk.savedCards.card(offer.source) };
    return data;
  },
};
