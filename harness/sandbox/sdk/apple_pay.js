// Apple Pay: the sheet is the browser's; the session's numbers and the payment are Ottu's.
sdk.applePay = {
  defaults: {
    version: 3,
    supportedNetworks: ['visa', 'masterCard', 'amex', 'mada'],
    merchantCapabilities: ['supports3DS'],
  },

  isAvailable() {
    return Boolean(window.ApplePaySession && window.ApplePaySession.canMakePayments());
  },

  colour(checkout) {
    const { buttonColor } = (checkout.config.theme || {}).applePay || {};
    return ['white', 'white-outline'].includes(buttonColor) ? buttonColor : 'black';
  },

  request(checkout, service) {
    const { version, buttonLocale, ...wanted } = { ...sdk.applePay.defaults, ...checkout.config.applePayInit };
    return {
      ...wanted,
      countryCode: service.country_code,
      currencyCode: service.currency_code,
      total: { label: service.shop_name, amount: String(service.amount) },
    };
  },

  version(checkout) {
    return (checkout.config.applePayInit || {}).version || sdk.applePay.defaults.version;
  },

  // Resolves with the result; a dismissed sheet is a canceled one. The outcome is settled before the
  // sheet is told of it, since a sheet that closes may say so by the same event as a dismissal.
  pay(checkout, attempt) {
    const service = attempt.offer.source;
    const sheet = new window.ApplePaySession(sdk.applePay.version(checkout), sdk.applePay.request(checkout, service));
    return new Promise((resolve, reject) => {
      sheet.onvalidatemerchant = (event) => {
        sdk.applePay.validate(checkout, service, event).then(
          (merchant) => sheet.completeMerchantValidation(merchant),
          (failure) => { reject(failure); sheet.abort(); },
        );
      };
      sheet.onpaymentauthorized = (event) => {
        sdk.applePay.charge(checkout, service, event).then(
          (answer) => { resolve(answer.callback_payload); sdk.applePay.complete(sheet, answer.approved); },
          (failure) => { reject(failure); sdk.applePay.complete(sheet, false); },
        );
      };
      sheet.oncancel = () => resolve(sdk.applePay.dismissed(checkout));
      sheet.begin();
    });
  },

  async validate(checkout, service, event) {
    const { body } = await sdk.api.send(checkout.config, 'POST', service.validation_url, {
      apple_url: event.validationURL,
      session_id: checkout.config.session_id,
      code: service.code,
    });
    return body;
  },

  async charge(checkout, service, event) {
    const { body } = await sdk.api.send(checkout.config, 'POST', service.payment_url, {
      session_id: checkout.config.session_id,
      code: service.code,
      currency_code: service.currency_code,
      amount: service.amount,
      apple_pay_payload: { token: event.payment.token },
    });
    return body;
  },

  complete(sheet, approved) {
    const { STATUS_SUCCESS, STATUS_FAILURE } = window.ApplePaySession;
    sheet.completePayment(approved ? STATUS_SUCCESS : STATUS_FAILURE);
  },

  dismissed(checkout) {
    return {
      status: 'canceled',
      form_of_payment: 'apple_pay',
      message: sdk.strings.en.cancelled,
      challenge_occurred: false,
      session_id: checkout.config.session_id,
    };
  },
};
