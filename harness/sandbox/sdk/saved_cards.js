// Cards the customer saved before: how they read, are paid with and are removed.
sdk.savedCards = {
  expiry(card) {
    return `${card.expiry_month}/${String(card.expiry_year).slice(-2)}`;
  },

  card(card) {
    return {
      number: card.number,
      expiry_month: card.expiry_month,
      expiry_year: card.expiry_year,
      brand: card.brand,
      scheme: card.brand,
    };
  },

  // The code is card data: it is typed into a frame of Ottu's and never seen by the page.
  asksCode(checkout, card) {
    return Boolean(card.cvv_required && sdk.savedCards.frameAddress(checkout, card));
  },

  frameAddress(checkout, card) {
    const methods = checkout.payload.payment_methods.filter((method) => method.payment_url);
    const own = methods.find((method) => method.code === card.pg_code) || methods[0];
    const address = card.payment_url || (own && own.payment_url);
    return address ? sdk.cardFrame.address(address, { token: card.token, lang: checkout.config.lang }) : null;
  },

  async pay(checkout, attempt) {
    const card = attempt.offer.source;
    if (attempt.offer.frame) return sdk.cardFrame.pay(checkout, attempt, {});
    const { config } = checkout;
    const { body } = await sdk.api.send(config, 'POST', card.submit_url, {
      merchant_id: config.merchant_id,
      session_id: config.session_id,
      payment_method: 'token',
      token: card.token,
    });
    return body;
  },

  async remove(checkout, offer) {
    if (!await sdk.popup.confirmRemoval(checkout)) return;
    try {
      await sdk.api.send(checkout.config, 'DELETE', offer.source.delete_url);
    } catch (failure) {
      sdk.popup.show('error', failure.message, null);
      return;
    }
    sdk.savedCards.forget(checkout, offer);
  },

  forget(checkout, offer) {
    checkout.payload.cards = checkout.payload.cards.filter((card) => card.token !== offer.source.token);
    const chosen = checkout.selected;
    checkout.offers = checkout.offers.filter((one) => one !== offer);
    offer.row.remove();
    if (chosen === offer) sdk.view.select(checkout, sdk.offers.preselected(checkout.offers));
  },
};
