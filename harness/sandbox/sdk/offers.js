// What the session offers this customer, each as one plain record that the rows and flows share.
sdk.offers = {
  // Which names of `formsOfPayment` let a kind of offer be shown.
  forms: {
    token: ['tokenPay'],
    card: ['jazz', 'cardForm'],
    ottu_pg: ['ottuPG'],
    redirect: ['redirect'],
    apple_pay: ['applePay'],
  },

  all(payload, config) {
    return [
      ...payload.cards.map((card) => sdk.offers.ofCard(payload, card)),
      ...payload.payment_methods.map((method) => sdk.offers.ofMethod(method)),
      ...(payload.payment_services || []).map((service) => sdk.offers.ofService(service)),
    ].filter((offer) => offer && sdk.offers.isShown(offer, config));
  },

  isShown(offer, config) {
    const wanted = config.formsOfPayment;
    if (Array.isArray(wanted) && !sdk.offers.forms[offer.kind].some((form) => wanted.includes(form))) return false;
    return offer.kind !== 'apple_pay' || sdk.applePay.isAvailable();
  },

  ofMethod(method) {
    const kinds = { card_onsite: 'card', ottu_pg: 'ottu_pg', redirect: 'redirect' };
    const kind = kinds[method.flow];
    if (!kind) return null;
    return {
      kind,
      formOfPayment: kind === 'card' ? 'card_onsite' : 'redirect',
      mark: kind === 'redirect' ? 'redirect' : 'ottu_pg',
      id: method.code,
      name: method.name,
      canSave: kind === 'card' && Boolean(method.can_save_card),
      ...sdk.offers.price(method),
      source: method,
    };
  },

  ofCard(payload, card) {
    const method = payload.payment_methods.find((one) => one.code === card.pg_code);
    return {
      kind: 'token',
      formOfPayment: 'token_pay',
      mark: 'token_pay',
      id: card.token,
      name: `${card.brand || ''} ${card.number}`.trim(),
      canSave: false,
      ...sdk.offers.price(method || { ...payload, fee: '', fee_description: '' }),
      source: card,
    };
  },

  ofService(service) {
    if (service.flow !== 'apple_pay') return null;
    return {
      kind: 'apple_pay',
      formOfPayment: 'apple_pay',
      mark: 'apple_pay',
      id: service.pg_code || service.code,
      name: 'Apple Pay',
      canSave: false,
      ...sdk.offers.price(service),
      source: service,
    };
  },

  price(source) {
    return {
      amount: source.amount,
      currency: source.currency_code,
      fee: source.fee,
      feeDescription: source.fee_description,
    };
  },

  // The first saved card that can pay, or the only way there is.
  preselected(offers) {
    const choices = offers.filter((offer) => offer.kind !== 'apple_pay' && !offer.source.is_expired);
    const card = choices.find((offer) => offer.kind === 'token');
    return card || (choices.length === 1 ? choices[0] : null);
  },
};
