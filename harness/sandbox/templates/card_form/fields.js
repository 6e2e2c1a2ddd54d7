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
      return `${month.length === 1 && year ? `0${month}` : month}/${cardForm.fields.year(year)}`;
    }
    const digits = typed.replace(/\D/g, '');
    const padded = /^[2-9]$/.test(digits) ? `0${digits}` : digits;
    if (padded.length < 2 || (padded.length === 2 && isErasing)) return padded;
    return `${padded.slice(0, 2)}/${padded.length === 6 ? padded.slice(4) : padded.slice(2, 4)}`;
  },

  // Two digits; a year written in four is taken when its last digit has come.
  year(digits) {
    if (digits.length >= 4) return digits.slice(2, 4);
    return digits.startsWith('20') ? digits : digits.slice(0, 2);
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
