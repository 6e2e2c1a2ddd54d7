// Paying: the card goes from here to Ottu and nowhere else.
cardForm.payment = {
  isUnderWay: false,

  body(message) {
    const { sessionId, merchantId, pgCode, token, mode } = cardForm.settings;
    const common = { merchant_id: merchantId, session_id: sessionId };
    const cvv = cardForm.fields.digits('cvv');
    if (mode === 'cvv') return { ...common, payment_method: 'token', token, cvv };
    const { month, year } = cardForm.fields.expiry();
    return {
      ...common,
      payment_method: 'card',
      pg_code: pgCode,
      card: {
        number: cardForm.fields.digits('number'), expiry_month: month.padStart(2, '0'), expiry_year: year, cvv, name_on_card: '',
      },
      save_card: Boolean(message.save_card),
    };
  },

  async send(message) {
    const response = await fetch(cardForm.settings.submitUrl, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        Authorization: `Api-Key ${cardForm.settings.publicKey}`,
      },
      body: JSON.stringify(cardForm.payment.body(message)),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(30000),
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, body: cardForm.payment.parsed(text) };
  },

  parsed(text) {
    try {
      return text ? JSON.parse(text) : null;
    } catch (error) {
      return null;
    }
  },

  async pay(message) {
    if (cardForm.payment.isUnderWay) return { outcome: 'failure', status: 0, body: null };
    cardForm.payment.isUnderWay = true;
    cardForm.fields.lock(true);
    try {
      return cardForm.payment.outcome(await cardForm.payment.send(message));
    } catch (error) {
      return { outcome: 'failure', status: 0, body: null };
    } finally {
      cardForm.payment.isUnderWay = false;
      cardForm.fields.lock(false);
    }
  },

  outcome(answer) {
    if (answer.ok && answer.body) return { outcome: 'result', result: answer.body };
    const faults = answer.status === 400 ? cardForm.payment.faults(answer.body) : [];
    if (!faults.length) return { outcome: 'failure', status: answer.status, body: answer.body };
    faults.forEach(([name, sentence]) => cardForm.fields.say(name, cardForm.strings.translated(sentence)));
    cardForm.fields.input(cardForm.fields.names.find((name) => faults.some(([one]) => one === name))).focus();
    return { outcome: 'form_error' };
  },

  // The server's complaints as [field of this form, sentence].
  faults(body) {
    const places = { number: 'number', expiry_month: 'expiry', expiry_year: 'expiry', cvv: 'cvv' };
    const told = Object.entries({ ...(body || {}).card, ...(body && body.cvv ? { cvv: body.cvv } : {}) });
    return told
      .filter(([key]) => cardForm.fields.names.includes(places[key]))
      .map(([key, sentences]) => [places[key], String([sentences].flat()[0] || '')]);
  },
};
