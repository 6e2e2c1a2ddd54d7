// One row for each offer: a radio with its mark and name, and what opens under it when chosen.
sdk.rows = {
  render(checkout, offer) {
    offer.radio = sdk.rows.radio(checkout, offer);
    offer.details = sdk.dom.el('div', { class: 'ottu__sdk-method-details', hidden: true });
    const line = sdk.dom.el('div', { class: 'ottu__sdk-method-line' },
      sdk.dom.el('label', { class: 'ottu__sdk-method-label' }, offer.radio, sdk.rows.face(checkout, offer)),
      offer.kind === 'token' ? sdk.rows.removeButton(checkout, offer) : null);
    offer.row = sdk.dom.el('div', {
      class: `ottu__sdk-payment-method ottu__sdk-methods-theme ${sdk.rows.group(offer)}`,
      name: offer.mark,
      [offer.mark]: offer.id,
    }, line, offer.details);
    return offer.row;
  },

  group(offer) {
    return offer.kind === 'token' ? 'ottu__sdk-saved-card' : 'ottu__sdk-redirect-link';
  },

  radio(checkout, offer) {
    return sdk.dom.el('input', {
      type: 'radio',
      name: 'ottu-payment-method',
      value: offer.id,
      'aria-label': offer.name,
      disabled: Boolean(offer.source.is_expired),
      change: () => sdk.view.select(checkout, offer),
    });
  },

  face(checkout, offer) {
    return offer.kind === 'token' ? sdk.rows.savedCardFace(checkout, offer) : sdk.rows.methodFace(offer);
  },

  methodFace(offer) {
    return [
      sdk.dom.el('span', { class: 'ottu__sdk-logo' }, sdk.icons.ofMethod(offer.source)),
      sdk.dom.el('span', { class: 'ottu__sdk-payment-name' }, offer.name),
    ];
  },

  savedCardFace(checkout, offer) {
    const card = offer.source;
    const date = sdk.savedCards.expiry(card);
    const expiry = sdk.strings.text(checkout.config.lang, card.is_expired ? 'expiredOn' : 'expiresOn', { date });
    return [
      sdk.dom.el('span', { class: 'ottu__sdk-logo' }, sdk.icons.brand(card.brand, card.brand)),
      sdk.dom.el('bdi', { class: 'ottu__sdk-card-number', dir: 'ltr' }, card.number),
      sdk.dom.el('span', { class: 'ottu__sdk-card-expiry' }, expiry),
    ];
  },

  removeButton(checkout, offer) {
    return sdk.dom.el('button', {
      type: 'button',
      class: 'ottu__sdk-delete-card',
      'aria-label': sdk.strings.text(checkout.config.lang, 'remove', { name: offer.name }),
      click: () => sdk.savedCards.remove(checkout, offer),
    }, sdk.icons.bin());
  },

  // The frame is opened on the first choice and kept, so what was typed survives a change of mind.
  openDetails(checkout, offer) {
    const address = sdk.rows.frameAddress(checkout, offer);
    if (!offer.frame && address) {
      offer.frame = sdk.cardFrame.open(checkout, address);
      offer.details.append(offer.frame.element);
    }
    if (offer.frame) offer.frame.element.title = sdk.rows.frameTitle(checkout, offer);
    offer.details.hidden = !offer.frame;
  },

  frameTitle(checkout, offer) {
    return sdk.strings.text(checkout.config.lang, offer.kind === 'token' ? 'cardSecurityCode' : 'cardDetails');
  },

  frameAddress(checkout, offer) {
    if (offer.kind === 'card') {
      return sdk.cardFrame.address(offer.source.payment_url, { lang: checkout.config.lang });
    }
    const asks = offer.kind === 'token' && sdk.savedCards.asksCode(checkout, offer.source);
    return asks ? sdk.savedCards.frameAddress(checkout, offer.source) : null;
  },

  mark(offer, isChosen) {
    offer.radio.checked = isChosen;
    offer.row.classList.toggle('ottu__sdk-selected-method', isChosen);
    if (isChosen) return;
    offer.details.hidden = true;
    // One frame at a time goes by the name of the card form: the one the customer sees.
    if (offer.frame) offer.frame.element.removeAttribute('title');
  },
};
