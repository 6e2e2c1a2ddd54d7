// Faults planted in the card form on purpose, by id; each overrides what it breaks.
cardForm.defects = {};

// A month 13 is accepted.
cardForm.defects['form/month-13-accepted'] = (cardForm) => {
  cardForm.card.monthProblem = () => null;
};

// A card that has expired is accepted.
cardForm.defects['form/past-expiry-accepted'] = (cardForm) => {
  cardForm.card.pastProblem = () => null;
};

// A number with a wrong check digit is sent to the gateway.
cardForm.defects['form/bad-number-accepted'] = (cardForm) => {
  cardForm.card.luhn = () => true;
};

// A card is charged without its CVV.
cardForm.defects['form/code-optional'] = (cardForm) => {
  const { cvvProblem } = cardForm.card;
  cardForm.card.cvvProblem = (code) => (code ? cvvProblem(code) : null);
};

// A CVV of one digit is accepted.
cardForm.defects['form/short-code-accepted'] = (cardForm) => {
  cardForm.card.cvvProblem = (code) => (code ? null : 'required');
};

// A wrong field turns red and does not say why.
cardForm.defects['form/message-missing'] = (cardForm) => {
  const { say } = cardForm.fields;
  cardForm.fields.say = (name, sentence) => say(name, sentence && ' ');
};

// An Arabic form tells its errors in English.
cardForm.defects['form/message-in-english'] = (cardForm) => {
  cardForm.strings.text = (key) => cardForm.strings.en[key];
};

// The message at the field repeats the card number.
cardForm.defects['form/number-in-message'] = (cardForm) => {
  const { say } = cardForm.fields;
  cardForm.fields.say = (name, sentence) => say(name, sentence && `${sentence} (${cardForm.fields.input('number').value})`);
};

// An error is shown at the field, and the payment goes on all the same.
cardForm.defects['form/sends-in-spite-of-error'] = (cardForm) => {
  const { check } = cardForm.fields;
  cardForm.fields.check = () => { check(); return true; };
};

// A form that was wrong once cannot be put right.
cardForm.defects['form/error-sticks'] = (cardForm) => {
  const { check } = cardForm.fields;
  let wasWrong = false;
  cardForm.fields.check = () => {
    wasWrong = !check() || wasWrong;
    return !wasWrong;
  };
};

// The card form tells the merchant's page the full card number.
cardForm.defects['form/number-to-the-page'] = (cardForm) => {
  const { summary } = cardForm.bridge;
  cardForm.bridge.summary = () => ({ ...summary(), number: cardForm.fields.digits('number') });
};

// The CVV stays in the form after an attempt.
cardForm.defects['form/code-remembered'] = (cardForm) => {
  cardForm.fields.forgetCode = () => {};
};

// The button's second press has to get past the form as well.
cardForm.defects['sdk/double-click-pays-twice'] = (cardForm) => {
  Object.defineProperty(cardForm.payment, 'isUnderWay', { get: () => false, set: () => {} });
};
