// One payment from the press of a button to its callback.
sdk.payment = {
  flows: {
    card: (checkout, attempt) => sdk.cardFrame.payCard(checkout, attempt),
    token: (checkout, attempt) => sdk.savedCards.pay(checkout, attempt),
    redirect: (checkout, attempt) => sdk.redirect.pay(checkout, attempt),
    ottu_pg: (checkout, attempt) => sdk.redirect.pay(checkout, attempt),
    apple_pay: (checkout, attempt) => sdk.applePay.pay(checkout, attempt),
  },

  async pay(checkout, offer) {
    if (!sdk.payment.mayStart(checkout, offer)) return;
    const attempt = sdk.payment.begin(checkout, offer);
    sdk.view.update(checkout);
    try {
      if (await sdk.payment.prepare(checkout, attempt)) await sdk.payment.carryOut(checkout, attempt);
    } catch (failure) {
      await sdk.payment.fail(checkout, attempt, failure);
    }
    await sdk.payment.settle(checkout, attempt);
  },

  mayStart(checkout, offer) {
    return Boolean(offer) && !checkout.attempt && !checkout.isDisposed;
  },

  begin(checkout, offer) {
    checkout.attempt = {
      offer, sessionId: checkout.config.session_id, told: null, challenged: false, leaving: false, card: null,
    };
    return checkout.attempt;
  },

  async prepare(checkout, attempt) {
    if (!await sdk.cardFrame.isValid(checkout, attempt)) return false;
    if (await sdk.hooks.pass(attempt)) return true;
    sdk.popup.closeRedirect();
    return false;
  },

  async carryOut(checkout, attempt) {
    let result = await sdk.payment.flows[attempt.offer.kind](checkout, attempt);
    if (result && result.status === '3DS') result = await sdk.threeDS.challenge(checkout, attempt, result);
    if (result) sdk.payment.tell(attempt, sdk.callbacks.kindOf(result), sdk.callbacks.data(result, attempt));
  },

  // The system failed: the error callback, unless the reason is that the session is over.
  async fail(checkout, attempt, failure) {
    if (checkout.isDisposed) return;
    console.error(failure);
    sdk.popup.closeRedirect();
    attempt.leaving = false;
    if (failure.status >= 400 && failure.status < 500 && await sdk.payment.hasEnded(checkout)) {
      sdk.payment.tell(attempt, 'cancel', sdk.endings.data(checkout, attempt.offer));
    } else {
      sdk.payment.tell(attempt, 'error', sdk.callbacks.errorData(failure, attempt));
    }
  },

  async hasEnded(checkout) {
    try {
      checkout.payload = await sdk.session.fetch(checkout);
    } catch (failure) {
      return false;
    }
    return !sdk.session.isPayable(checkout.payload);
  },

  // A page that listens to nothing must not leave the customer without a word.
  tell(attempt, kind, data) {
    if (attempt.told) return;
    if (!sdk.callbacks.deliver(attempt, kind, data)) sdk.popup.show(kind === 'success' ? kind : 'error', data.message, null);
  },

  async settle(checkout, attempt) {
    if (checkout.attempt !== attempt || attempt.leaving || checkout.isDisposed) return;
    if (attempt.told === 'success') {
      sdk.view.closed(checkout, 'sessionDone');
      checkout.attempt = null;
      return;
    }
    if (attempt.told) await sdk.payment.recover(checkout, attempt);
    if (checkout.attempt !== attempt) return;
    checkout.attempt = null;
    sdk.view.update(checkout);
  },

  // After a cancel or an error the customer may try again, if the session still allows it.
  async recover(checkout, attempt) {
    sdk.cardFrame.forgetCode(checkout);
    const shown = sdk.payment.terms(checkout.payload);
    const ended = await sdk.payment.hasEnded(checkout);
    if (checkout.attempt !== attempt) return;
    if (ended) sdk.endings.meet(checkout);
    else if (sdk.payment.terms(checkout.payload) !== shown) sdk.view.render(checkout);
  },

  // What the customer was shown: when it changes (the merchant updated the amount) it is drawn anew.
  terms({ amount, currency_code: currency, payment_methods: methods, cards }) {
    return JSON.stringify([amount, currency, methods, cards]);
  },
};
