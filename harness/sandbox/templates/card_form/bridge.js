// The page the form is embedded in hears what it needs to know, and no card data.
cardForm.bridge = {
  origin: null,

  tell(type, message) {
    if (cardForm.bridge.origin === null) return;
    const target = cardForm.bridge.origin === 'null' ? '*' : cardForm.bridge.origin;
    window.parent.postMessage({ ottu: 'card-form', type, ...message }, target);
  },

  summary() {
    const digits = cardForm.fields.digits('number');
    const { month, year } = cardForm.fields.expiry();
    const brand = cardForm.card.brand(digits);
    return { number: cardForm.card.masked(digits), expiry_month: month, expiry_year: year, brand, scheme: brand };
  },

  // The first message says who embeds the form; nobody else is listened to afterwards.
  hear(event) {
    if (event.source !== window.parent || !event.data || event.data.ottu !== 'checkout') return;
    if (cardForm.bridge.origin === null) cardForm.bridge.origin = event.origin;
    if (event.origin !== cardForm.bridge.origin) return;
    const handler = cardForm.bridge.handlers[event.data.type];
    if (handler) handler(event.data);
  },

  answer(question, message) {
    cardForm.bridge.tell('answer', { question, ...message });
  },

  handlers: {
    hello({ theme }) {
      cardForm.theme.lay(theme || {});
      cardForm.bridge.tell('ready', {});
      cardForm.bridge.height();
    },
    check({ question }) {
      const valid = cardForm.fields.check();
      const card = cardForm.settings.mode === 'card' && valid ? cardForm.bridge.summary() : null;
      cardForm.bridge.answer(question, { valid, card });
    },
    async pay(message) {
      cardForm.bridge.answer(message.question, await cardForm.payment.pay(message));
    },
    'forget-code'() {
      cardForm.fields.forgetCode();
    },
  },

  height() {
    cardForm.bridge.tell('height', { height: Math.ceil(document.body.getBoundingClientRect().height) });
  },
};
