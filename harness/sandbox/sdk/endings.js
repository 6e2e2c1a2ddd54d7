// A session that is over: nothing can be paid, and the cancel callback says so, once.
sdk.endings = {
  // Sessions whose last word the merchant already has. A callback that reloads the SDK must not be
  // told of the end it caused, or it would reload for ever.
  noted: new Set(),

  defaults: { expired: 'sessionExpired', paid: 'sessionPaid', authorized: 'sessionPaid', canceled: 'sessionCanceled' },

  meet(checkout) {
    const { session_id: sessionId } = checkout.config;
    sdk.view.closed(checkout, sdk.endings.isDone(checkout.payload) ? 'sessionDone' : 'sessionClosed');
    if (sdk.endings.noted.has(sessionId)) return;
    sdk.endings.noted.add(sessionId);
    const data = sdk.endings.data(checkout);
    sdk.popup.show('error', data.message, null);
    sdk.callbacks.run('cancel', data);
  },

  isDone(payload) {
    return payload.state === 'paid' || payload.state === 'authorized';
  },

  message(checkout) {
    const { response, state } = checkout.payload;
    const said = response && response.status !== 'success' && response.message;
    return said || sdk.strings.text(checkout.config.lang, sdk.endings.defaults[state] || 'sessionFailed');
  },

  data(checkout, offer) {
    const response = checkout.payload.response || {};
    return sdk.callbacks.data(
      { ...response, message: sdk.endings.message(checkout), status: 'canceled', redirect_url: null },
      { offer: offer || { formOfPayment: '' }, sessionId: checkout.config.session_id },
    );
  },
};
