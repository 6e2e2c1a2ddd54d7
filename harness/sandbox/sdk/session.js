// The session as the server tells it: fetched or preloaded, payable or over.
sdk.session = {
  payableStates: ['created', 'pending', 'attempted'],

  async fetch(checkout) {
    const { config } = checkout;
    if (!config.session_id || !config.merchant_id || !config.apiKey) {
      throw sdk.api.failure(config, 0, { detail: sdk.strings.text(config.lang, 'invalidSession') });
    }
    const path = `/b/checkout/api/sdk/v1/pymt-txn/submit/${encodeURIComponent(config.session_id)}`;
    const { body } = await sdk.api.send(config, 'GET', `${sdk.api.base(config)}${path}?enableCHD=true`);
    return body;
  },

  // A preload that is not this session's payload is put aside and the session is fetched.
  preloaded(config) {
    const given = config.setupPreload;
    if (!given) return null;
    if (sdk.session.isPayload(given) && given.session_id === config.session_id) return given;
    console.warn('Ottu Checkout: setupPreload is not the payload of this session, fetching it instead.');
    return null;
  },

  isPayload(given) {
    return Boolean(given) && typeof given === 'object'
      && ['session_id', 'amount', 'currency_code', 'state'].every((key) => typeof given[key] === 'string')
      && ['payment_methods', 'cards'].every((key) => Array.isArray(given[key]));
  },

  isPayable(payload) {
    return sdk.session.payableStates.includes(payload.state);
  },

  // Tells the server that a payer looks at the methods; it moves the session from created to pending.
  async knock(checkout) {
    const { config } = checkout;
    const body = { merchant_id: config.merchant_id, session_id: config.session_id };
    try {
      await sdk.api.send(config, 'POST', `${sdk.api.base(config)}/b/checkout/api/sdk/v1/concur-payer-view/`, body);
    } catch (failure) {
      console.warn('Ottu Checkout: the view could not be reported.', failure);
    }
  },
};
