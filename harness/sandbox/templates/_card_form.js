// What is said at the fields.
cardForm.strings = {
  en: {
    required: 'This field is required',
    number: 'Invalid card number',
    month: 'Invalid month',
    year: 'Invalid year',
    expired: 'Card has expired',
    cvv: 'Invalid CVV code',
  },
  ar: {
    required: 'هذه الخانة مطلوبه',
    number: 'رقم بطاقة غير صحيح',
    month: 'شهر غير صحيح',
    year: 'سنة غير صحيحة',
    expired: 'انتهت صلاحية البطاقة',
    cvv: 'رمز التحقق غير صحيح',
  },

  text(key) {
    return cardForm.strings[cardForm.settings.lang === 'ar' ? 'ar' : 'en'][key];
  },

  // The server speaks English; what it says that the form knows is said in the form's language.
  translated(sentence) {
    const bare = sentence.replace(/\.$/, '');
    const key = Object.keys(cardForm.strings.en).find((one) => cardForm.strings.en[one] === bare);
    return key ? cardForm.strings.text(key) : sentence;
  },
};

// The card as typed: what counts as valid, and what of it may be shown to the page.
cardForm.card = {
  // Ottu's sandbox publishes 15-digit numbers that carry no check digit.
  isPublished(digits) {
    return /^41111111111111[1-6]$/.test(digits);
  },

  luhn(digits) {
    const sum = [...digits].reverse().reduce((total, digit, position) => {
      const value = Number(digit) * (1 + (position % 2));
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return sum % 10 === 0;
  },

  brand(digits) {
    if (/^4/.test(digits)) return 'VISA';
    if (/^(5[1-5]|2[2-7])/.test(digits)) return 'MASTERCARD';
    if (/^3[47]/.test(digits)) return 'AMEX';
    return '';
  },

  masked(digits) {
    return digits.slice(0, 6) + 'X'.repeat(Math.max(0, digits.length - 10)) + digits.slice(-4);
  },

  numberProblem(digits) {
    if (!digits) return 'required';
    if (cardForm.card.isPublished(digits)) return null;
    return digits.length >= 12 && digits.length <= 19 && cardForm.card.luhn(digits) ? null : 'number';
  },

  monthProblem(month) {
    return /^\d\d?$/.test(month) && Number(month) >= 1 && Number(month) <= 12 ? null : 'month';
  },

  expiryProblem({ month, year }) {
    if (!month && !year) return 'required';
    return cardForm.card.monthProblem(month) || (year.length === 2 ? cardForm.card.pastProblem(month, year) : 'year');
  },

  // A card is good until the end of the month it names.
  pastProblem(month, year) {
    const now = new Date();
    const isPast = 2000 + Number(year) < now.getFullYear()
      || (2000 + Number(year) === now.getFullYear() && Number(month) < now.getMonth() + 1);
    return isPast ? 'expired' : null;
  },

  cvvProblem(code) {
    if (!code) return cardForm.settings.cvvRequired ? 'required' : null;
    return /^\d{3,4}$/.test(code) ? null : 'cvv';
  },
};

// The fields: reading them, writing digits in groups, and saying what is wrong beside them.
cardForm.fields = {
  names: cardForm.settings.mode === 'card' ? ['number', 'expiry', 'cvv'] : ['cvv'],
  touched: new Set(),

  input(name) {
    return document.getElementById(name);
  },

  digits(name) {
    const input = cardForm.fields.input(name);
    return input ? input.value.replace(/\D/g, '') : '';
  },

  expiry() {
    const input = cardForm.fields.input('expiry');
    const [month, year = ''] = (input ? input.value : '').split('/').map((part) => part.replace(/\D/g, ''));
    return { month, year: year.slice(-2) };
  },

  problem(name) {
    if (name === 'number') return cardForm.card.numberProblem(cardForm.fields.digits('number'));
    if (name === 'expiry') return cardForm.card.expiryProblem(cardForm.fields.expiry());
    return cardForm.card.cvvProblem(cardForm.fields.digits('cvv'));
  },

  say(name, sentence) {
    const input = cardForm.fields.input(name);
    document.getElementById(`${name}-error`).textContent = sentence || '';
    if (sentence) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  },

  show(name) {
    const problem = cardForm.fields.problem(name);
    cardForm.fields.say(name, problem ? cardForm.strings.text(problem) : '');
    return !problem;
  },

  // Shows every problem, takes the customer to the first; true when there is none.
  check() {
    cardForm.fields.names.forEach((name) => cardForm.fields.touched.add(name));
    const wrong = cardForm.fields.names.filter((name) => !cardForm.fields.show(name));
    if (wrong.length) cardForm.fields.input(wrong[0]).focus();
    return wrong.length === 0;
  },

  groups(digits) {
    return digits.slice(0, 19).replace(/(\d{4})(?=\d)/g, '$1 ');
  },

  month(typed, isErasing) {
    if (typed.includes('/')) {
      const [month, year] = typed.split('/').map((part) => part.replace(/\D/g, ''));
      return `${month.length === 1 && year ? `0${month}` : month}/${year.length === 4 ? year.slice(2) : year.slice(0, 2)}`;
    }
    const digits = typed.replace(/\D/g, '');
    const padded = /^[2-9]$/.test(digits) ? `0${digits}` : digits;
    if (padded.length < 2 || (padded.length === 2 && isErasing)) return padded;
    return `${padded.slice(0, 2)}/${padded.length === 6 ? padded.slice(4) : padded.slice(2, 4)}`;
  },

  // Rewrites what was typed without moving the caret away from the digit it stands behind.
  rewrite(input, text) {
    if (input.value === text) return;
    const atEnd = input.selectionStart === input.value.length;
    const before = input.value.slice(0, input.selectionStart).replace(/\D/g, '').length;
    input.value = text;
    let caret = 0;
    for (let seen = 0; caret < text.length && seen < before; caret += 1) if (/\d/.test(text[caret])) seen += 1;
    if (document.activeElement === input) input.setSelectionRange(atEnd ? text.length : caret, atEnd ? text.length : caret);
  },

  typed(name, event) {
    const input = cardForm.fields.input(name);
    const isErasing = (event.inputType || '').startsWith('delete');
    if (name === 'number') cardForm.fields.rewrite(input, cardForm.fields.groups(cardForm.fields.digits(name)));
    if (name === 'expiry') cardForm.fields.rewrite(input, cardForm.fields.month(input.value, isErasing));
    if (name === 'cvv') cardForm.fields.rewrite(input, cardForm.fields.digits(name));
    if (name === 'number') cardForm.brand.show(cardForm.card.brand(cardForm.fields.digits('number')));
    if (input.getAttribute('aria-invalid')) cardForm.fields.show(name);
  },

  // Only on the way to another field: were the frame to grow while the customer presses the page's
  // Pay button, the button would move from under the press. Paying shows what is wrong anyway.
  left(name, event) {
    if (!event.relatedTarget) return;
    if (cardForm.fields.input(name).value) cardForm.fields.touched.add(name);
    if (cardForm.fields.touched.has(name)) cardForm.fields.show(name);
  },

  lock(isLocked) {
    for (const name of cardForm.fields.names) cardForm.fields.input(name).readOnly = isLocked;
  },

  forgetCode() {
    cardForm.fields.input('cvv').value = '';
    cardForm.fields.touched.delete('cvv');
    cardForm.fields.say('cvv', '');
  },
};

// The sign of the card's brand beside its number.
cardForm.brand = {
  signs: {
    VISA: [['text', { x: 15, y: 15, 'text-anchor': 'middle', textLength: 27, lengthAdjust: 'spacingAndGlyphs',
      'font-family': 'Arial, sans-serif', 'font-size': 12, 'font-weight': 900, 'font-style': 'italic', fill: '#14247e' }, 'VISA']],
    MASTERCARD: [['circle', { cx: 10, cy: 10, r: 8, fill: '#dd1f26' }], ['circle', { cx: 19, cy: 10, r: 8, fill: '#f4a32a', 'fill-opacity': 0.85 }]],
    AMEX: [['rect', { width: 30, height: 20, rx: 3, fill: '#2671b9' }], ['text', { x: 15, y: 13.5, 'text-anchor': 'middle',
      textLength: 25, lengthAdjust: 'spacingAndGlyphs', 'font-family': 'Arial, sans-serif', 'font-size': 9, 'font-weight': 900, fill: '#fff' }, 'AMEX']],
    '': [['rect', { x: 0.75, y: 0.75, width: 28.5, height: 18.5, rx: 3, fill: '#fff', stroke: '#a9a9b0', 'stroke-width': 1.5 }],
      ['rect', { y: 5, width: 30, height: 4, fill: '#a9a9b0' }]],
  },

  show(brand) {
    const node = (tag, attributes, text) => {
      const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
      Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
      if (text) made.append(text);
      return made;
    };
    const picture = node('svg', { viewBox: '0 0 30 20', width: 30, height: 20, direction: 'ltr' });
    picture.append(...cardForm.brand.signs[brand].map((sign) => node(...sign)));
    document.getElementById('brand').replaceChildren(picture);
  },
};

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

// The parts of the merchant's theme that lie in this frame.
cardForm.theme = {
  parts: {
    'card-background': 'body',
    'card-input-fields': 'input',
    'card-input-border': 'input',
    'cvv-input': '#cvv',
    'ccv-input': '#cvv',
    'floating-label': 'label',
    'field-error-border': 'input[aria-invalid="true"]',
    'error-message': '.error',
  },

  lay(theme) {
    const sheet = new CSSStyleSheet();
    for (const [part, selector] of Object.entries(cardForm.theme.parts)) {
      if (!theme[part]) continue;
      const rule = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)];
      for (const [name, value] of Object.entries(theme[part])) {
        // A picture's address would let the embedding page make this frame call somebody.
        if (!/url\s*\(|image/i.test(value)) rule.style.setProperty(name, String(value), 'important');
      }
    }
    document.adoptedStyleSheets = [sheet];
  },
};

cardForm.defects = {};
{% include "_card_form_defects.js" %}

for (const id of cardForm.settings.defects) if (cardForm.defects[id]) cardForm.defects[id](cardForm);

for (const name of cardForm.fields.names) {
  cardForm.fields.input(name).addEventListener('input', (event) => cardForm.fields.typed(name, event));
  cardForm.fields.input(name).addEventListener('blur', (event) => cardForm.fields.left(name, event));
}
if (cardForm.settings.mode === 'card') cardForm.brand.show('');
document.getElementById('form').addEventListener('submit', (event) => {
  event.preventDefault();
  cardForm.bridge.tell('submit', {});
});
new ResizeObserver(() => cardForm.bridge.height()).observe(document.body);
window.addEventListener('message', cardForm.bridge.hear);
