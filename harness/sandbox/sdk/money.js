// Amounts are the server's decimal strings; nothing is computed from them here.
sdk.money = {
  format(amount, currency) {
    return `${amount} ${currency}`;
  },

  // Inside Arabic text an amount is set apart, or its parts would change places.
  isolated(lang, text) {
    return sdk.strings.direction(lang) === 'rtl' ? `\u2066${text}\u2069` : text;
  },

  isZero(amount) {
    return !/[1-9]/.test(String(amount || ''));
  },

  // What is due whatever the customer chooses: shown at the top.
  due(payload) {
    return { amount: payload.amount, currency: payload.currency_code };
  },

  // What choosing an offer costs, its fee included: shown on the button.
  payable(payload, offer) {
    return offer ? { amount: offer.amount, currency: offer.currency } : sdk.money.due(payload);
  },

  fee(offer) {
    return offer && !sdk.money.isZero(offer.fee) ? { amount: offer.fee, currency: offer.currency } : null;
  },
};
