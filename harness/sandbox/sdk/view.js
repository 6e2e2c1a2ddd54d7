// The checkout as the customer sees it: amount, wallet buttons, rows, and the foot with the button.
sdk.view = {
  render(checkout) {
    sdk.view.clear(checkout);
    checkout.offers = sdk.offers.all(checkout.payload, checkout.config);
    checkout.selected = null;
    checkout.main.replaceChildren(
      ...sdk.view.head(checkout),
      ...(checkout.offers.length ? sdk.view.body(checkout) : [sdk.view.notice(checkout, 'noMethods')]),
    );
    sdk.view.select(checkout, sdk.offers.preselected(checkout.offers));
  },

  clear(checkout) {
    for (const frame of checkout.frames.splice(0)) frame.close();
    checkout.main.replaceChildren();
  },

  head(checkout) {
    const say = (key) => sdk.strings.text(checkout.config.lang, key);
    return [
      sdk.dom.el('h2', { class: 'ottu__sdk-title ottu__sdk-payment-details-heading' }, say('paymentDetails')),
      sdk.dom.el('div', { class: 'ottu__sdk-amount-box' },
        sdk.dom.el('span', { class: 'ottu__sdk-amount-label' }, say('amount')),
        sdk.view.amount(sdk.money.due(checkout.payload))),
    ];
  },

  amount({ amount, currency }) {
    return sdk.dom.el('bdi', { class: 'ottu__sdk-amount', dir: 'ltr' },
      sdk.dom.el('span', { class: 'ottu__sdk-amount-value' }, amount),
      ' ',
      sdk.dom.el('span', { class: 'ottu__sdk-amount-currency' }, currency));
  },

  body(checkout) {
    const wallets = checkout.offers.filter((offer) => offer.kind === 'apple_pay');
    const choices = checkout.offers.filter((offer) => offer.kind !== 'apple_pay');
    return [
      wallets.length ? sdk.view.wallets(checkout, wallets) : null,
      ...(choices.length ? [...sdk.view.methods(checkout, choices), sdk.foot.render(checkout)] : []),
    ].filter(Boolean);
  },

  wallets(checkout, offers) {
    return sdk.dom.el('div', { class: 'ottu__sdk-wallet-buttons' },
      offers.map((offer) => sdk.view.applePayRow(checkout, offer)));
  },

  applePayRow(checkout, offer) {
    offer.button = sdk.dom.el('button', {
      type: 'button',
      class: `ottu__sdk-apple-pay-button-type apple-pay-button ottu__sdk-apple-pay-${sdk.applePay.colour(checkout)}`,
      'aria-label': sdk.strings.text(checkout.config.lang, 'applePay'),
      click: () => sdk.payment.pay(checkout, offer),
    }, sdk.icons.applePay());
    const className = 'ottu__sdk-payment-method ottu__sdk-methods-theme ottu__sdk-wallet';
    return sdk.dom.el('div', { class: className, name: 'apple_pay', apple_pay: offer.id }, offer.button);
  },

  methods(checkout, offers) {
    const heading = sdk.dom.el('h2', {
      class: 'ottu__sdk-title ottu__sdk-payment-methods-heading', id: 'ottu-methods-heading',
    }, sdk.strings.text(checkout.config.lang, 'orPayWith'));
    const rows = (isSaved) => offers
      .filter((offer) => (offer.kind === 'token') === isSaved)
      .map((offer) => sdk.rows.render(checkout, offer));
    const block = sdk.dom.el('div', {
      role: 'radiogroup',
      'aria-labelledby': heading.id,
      class: `ottu__sdk-methods-block ottu__sdk-${sdk.view.mode(checkout)}`,
    }, sdk.dom.el('div', { class: 'ottu__sdk-saved-cards' }, rows(true)),
    sdk.dom.el('div', { class: 'ottu__sdk-methods' }, rows(false)));
    return [heading, block];
  },

  mode(checkout) {
    return checkout.config.displayMode === 'grid' ? 'grid' : 'column';
  },

  select(checkout, offer) {
    checkout.selected = offer;
    for (const one of checkout.offers) if (one.radio) sdk.rows.mark(one, one === offer);
    if (offer) sdk.rows.openDetails(checkout, offer);
    sdk.view.update(checkout);
  },

  // Brings what depends on the choice, or on a payment being under way, up to date.
  update(checkout) {
    if (checkout.foot) sdk.foot.update(checkout);
    for (const offer of checkout.offers) if (offer.button) offer.button.disabled = Boolean(checkout.attempt);
  },

  notice(checkout, key) {
    return sdk.dom.el('p', { class: 'ottu__sdk-notice', role: 'status' }, sdk.strings.text(checkout.config.lang, key));
  },

  // Nothing can be paid: the amount may still be read, no method and no button is left.
  closed(checkout, key) {
    sdk.view.clear(checkout);
    checkout.offers = [];
    checkout.foot = null;
    checkout.main.replaceChildren(
      ...(checkout.payload ? sdk.view.head(checkout) : []),
      sdk.view.notice(checkout, key),
    );
  },
};
