// The foot: save toggle, fee line and Pay button, as the chosen offer wants them.
sdk.foot = {
  render(checkout) {
    const toggle = sdk.foot.saveToggle(checkout);
    const fee = sdk.dom.el('div', { class: 'ottu__sdk-fees', hidden: true, 'aria-live': 'polite' });
    const button = sdk.dom.el('button', {
      type: 'button',
      class: 'ottu__sdk-button ottu__sdk-pay-button',
      click: () => sdk.payment.pay(checkout, checkout.selected),
    });
    checkout.foot = { toggle, fee, button };
    return sdk.dom.el('div', { class: 'ottu__sdk-foot' },
      sdk.dom.el('hr', { class: 'ottu__sdk-border' }), toggle, fee, button);
  },

  saveToggle(checkout) {
    const label = sdk.dom.el('span', { class: 'ottu__sdk-checkbox-label', id: 'ottu-save-card' },
      sdk.strings.text(checkout.config.lang, 'saveCard'));
    const knob = sdk.dom.el('button', {
      type: 'button',
      role: 'switch',
      class: 'ottu__sdk-switch',
      'aria-checked': 'false',
      'aria-labelledby': label.id,
      click: () => sdk.foot.setSave(checkout, !checkout.saveCard),
    }, sdk.dom.el('span', { class: 'ottu__sdk-knob' }));
    label.addEventListener('click', () => knob.click());
    return sdk.dom.el('div', { class: 'ottu__sdk-save-card', hidden: true }, label, knob);
  },

  setSave(checkout, isOn) {
    checkout.saveCard = isOn;
    checkout.foot.toggle.lastChild.setAttribute('aria-checked', String(isOn));
  },

  update(checkout) {
    const { toggle, fee, button } = checkout.foot;
    toggle.hidden = !(checkout.selected && checkout.selected.canSave);
    sdk.foot.showFee(fee, sdk.money.fee(checkout.selected), sdk.foot.feeLabel(checkout));
    button.disabled = !sdk.foot.mayPay(checkout);
    button.setAttribute('aria-busy', String(Boolean(checkout.attempt)));
    button.textContent = sdk.foot.payLabel(checkout);
  },

  mayPay(checkout) {
    return Boolean(checkout.selected) && !checkout.attempt;
  },

  payLabel(checkout) {
    const { amount, currency } = sdk.money.payable(checkout.payload, checkout.selected);
    const { lang } = checkout.config;
    return sdk.strings.text(lang, 'pay', { amount: sdk.money.isolated(lang, sdk.money.format(amount, currency)) });
  },

  feeLabel(checkout) {
    const { selected, config } = checkout;
    return (selected && selected.feeDescription) || sdk.strings.text(config.lang, 'fees');
  },

  showFee(element, fee, label) {
    element.hidden = !fee;
    element.replaceChildren(...(fee ? [
      sdk.dom.el('span', { class: 'ottu__sdk-fees-label' }, label),
      sdk.dom.el('bdi', { class: 'ottu__sdk-fees-currency', dir: 'ltr' }, `+${sdk.money.format(fee.amount, fee.currency)}`),
    ] : []));
  },
};
