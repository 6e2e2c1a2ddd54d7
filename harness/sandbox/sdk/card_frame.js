// The bridge to Ottu's card form. Card data stays in the frame; it tells only whether the form is
// valid, the masked number, brand and expiry, and the outcome of a payment.
sdk.cardFrame = {
  patience: 10000,

  address(base, parameters) {
    const url = new URL(base, document.baseURI);
    for (const [key, value] of Object.entries(parameters)) if (value) url.searchParams.set(key, value);
    return url.href;
  },

  open(checkout, src) {
    const element = sdk.dom.el('iframe', { src, class: 'ottu__sdk-card-frame', scrolling: 'no' });
    const frame = { element, origin: new URL(src).origin, questions: new Map(), asked: 0 };
    frame.ready = new Promise((resolve) => { frame.isReady = resolve; });
    const listen = (event) => {
      if (event.source !== element.contentWindow || event.origin !== frame.origin) return;
      if (event.data && event.data.ottu === 'card-form') sdk.cardFrame.hear(checkout, frame, event.data);
    };
    window.addEventListener('message', listen);
    frame.close = () => { window.removeEventListener('message', listen); element.remove(); };
    element.addEventListener('load', () => sdk.cardFrame.tell(frame, 'hello', { theme: checkout.config.theme || {} }));
    checkout.frames.push(frame);
    return frame;
  },

  tell(frame, type, message) {
    if (frame.element.contentWindow) {
      frame.element.contentWindow.postMessage({ ottu: 'checkout', type, ...message }, frame.origin);
    }
  },

  hear(checkout, frame, message) {
    if (message.type === 'ready') frame.isReady(true);
    if (message.type === 'height') frame.element.style.height = `${Number(message.height) || 0}px`;
    if (message.type === 'submit') sdk.payment.pay(checkout, checkout.selected);
    if (message.type === 'answer' && frame.questions.has(message.question)) {
      frame.questions.get(message.question)(message);
      frame.questions.delete(message.question);
    }
  },

  ask(frame, type, message) {
    return new Promise((resolve) => {
      frame.asked += 1;
      frame.questions.set(frame.asked, resolve);
      sdk.cardFrame.tell(frame, type, { question: frame.asked, ...message });
    });
  },

  // A frame that never answers (its page did not load) must not hold the payment for ever.
  async available(checkout, frame) {
    let timer;
    const late = new Promise((_, reject) => {
      const failure = sdk.api.failure(checkout.config, 0, {
        detail: sdk.strings.text(checkout.config.lang, 'cardFormUnavailable'),
      });
      timer = setTimeout(() => reject(failure), sdk.cardFrame.patience);
    });
    try {
      await Promise.race([frame.ready, late]);
    } finally {
      clearTimeout(timer);
    }
  },

  // Makes the form show what is wrong with it; true when nothing is.
  async isValid(checkout, attempt) {
    const { frame } = attempt.offer;
    if (!frame) return true;
    await sdk.cardFrame.available(checkout, frame);
    const { valid, card } = await sdk.cardFrame.ask(frame, 'check', {});
    attempt.card = card;
    return valid;
  },

  // The final or 3DS result; null when the server found fault with a field, which the form shows.
  async pay(checkout, attempt, message) {
    const answer = await sdk.cardFrame.ask(attempt.offer.frame, 'pay', message);
    if (answer.outcome === 'failure') throw sdk.api.failure(checkout.config, answer.status, answer.body);
    return answer.outcome === 'result' ? answer.result : null;
  },

  payCard(checkout, attempt) {
    return sdk.cardFrame.pay(checkout, attempt, { save_card: sdk.cardFrame.saves(checkout, attempt.offer) });
  },

  saves(checkout, offer) {
    return offer.canSave && checkout.saveCard;
  },

  forgetCode(checkout) {
    for (const frame of checkout.frames) sdk.cardFrame.tell(frame, 'forget-code', {});
  },
};
