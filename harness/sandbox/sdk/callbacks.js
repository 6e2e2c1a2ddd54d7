// The merchant's callbacks: which one is due, what it is given, and that a payment runs only one.
sdk.callbacks = {
  attributes: {
    success: 'data-success',
    cancel: 'data-cancel',
    error: 'data-error',
    beforePayment: 'data-beforepayment',
    validatePayment: 'data-validatepayment',
  },

  target(kind) {
    return sdk.scriptElement.attribute(sdk.callbacks.attributes[kind]);
  },

  isAddress(target) {
    return /[/:]/.test(target);
  },

  // By name, at the moment of the call: pages define, replace and delete these functions late.
  lookup(kind) {
    const target = sdk.callbacks.target(kind);
    if (!target || sdk.callbacks.isAddress(target)) return null;
    const found = target.split('.').reduce((scope, name) => (scope ? scope[name] : undefined), window);
    return typeof found === 'function' ? found : null;
  },

  kindOf(result) {
    return result.status === 'success' ? 'success' : 'cancel';
  },

  data(result, attempt) {
    const data = {
      message: result.message || '',
      form_of_payment: result.form_of_payment || attempt.offer.formOfPayment,
      status: result.status,
      challenge_occurred: Boolean(result.challenge_occurred),
      session_id: result.session_id || attempt.sessionId,
    };
    for (const key of ['order_no', 'reference_number', 'redirect_url', 'payment_gateway_info']) {
      if (result[key] !== null && result[key] !== undefined) data[key] = result[key];
    }
    return data;
  },

  errorData(failure, attempt) {
    return sdk.callbacks.data({
      message: failure.message,
      status: 'error',
      challenge_occurred: attempt.challenged,
    }, attempt);
  },

  // Whatever answers first settles the attempt; what answers later is not told.
  deliver(attempt, kind, data) {
    if (attempt.told) return false;
    attempt.told = kind;
    sdk.endings.noted.add(attempt.sessionId);
    return sdk.callbacks.run(kind, data);
  },

  run(kind, data) {
    const target = sdk.callbacks.target(kind);
    if (target && sdk.callbacks.isAddress(target)) {
      sdk.redirect.go(sdk.callbacks.address(target, data));
      return true;
    }
    const callback = sdk.callbacks.lookup(kind);
    if (!callback) return false;
    try {
      callback.call(window, data);
    } catch (error) {
      window.reportError(error);
    }
    return true;
  },

  address(target, data) {
    const url = new URL(target, document.baseURI);
    for (const [key, value] of Object.entries(data)) {
      url.searchParams.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
    return url.href;
  },
};
