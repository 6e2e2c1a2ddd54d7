// The merchant's theme: a map of CSS properties for each named part, laid over the SDK's own styles.
sdk.theme = {
  parts: {
    main: '.ottu__sdk-main',
    'title-text': '.ottu__sdk-title',
    'primary-text': '.ottu__sdk-main, .ottu__sdk-payment-name, .ottu__sdk-card-number',
    'secondary-text': '.ottu__sdk-amount-label, .ottu__sdk-card-expiry, .ottu__sdk-fees-label',
    'pay-button': '.ottu__sdk-pay-button',
    border: '.ottu__sdk-border',
    'payment-details-heading': '.ottu__sdk-payment-details-heading',
    'payment-methods-heading': '.ottu__sdk-payment-methods-heading',
    'amount-box': '.ottu__sdk-amount-box',
    amount: '.ottu__sdk-amount-value',
    'amount-label': '.ottu__sdk-amount-label',
    'amount-currency': '.ottu__sdk-amount-currency',
    fees: '.ottu__sdk-fees',
    'fees-label': '.ottu__sdk-fees-label',
    'fees-currency': '.ottu__sdk-fees-currency',
    'checkbox-label': '.ottu__sdk-checkbox-label',
    'selected-checkbox': '.ottu__sdk-switch[aria-checked="true"]',
    'checkbox-knob': '.ottu__sdk-knob',
    'selected-checkbox-knob': '.ottu__sdk-switch[aria-checked="true"] .ottu__sdk-knob',
    'wallet-buttons': '.ottu__sdk-wallet-buttons',
    applePay: '.apple-pay-button',
    'methods-block': '.ottu__sdk-methods-block',
    methods: '.ottu__sdk-methods-block .ottu__sdk-payment-method',
    'saved-cards': '.ottu__sdk-methods-block .ottu__sdk-saved-card',
    'redirect-links': '.ottu__sdk-methods-block .ottu__sdk-redirect-link',
    'selected-method': '.ottu__sdk-methods-block .ottu__sdk-selected-method',
    'payment-method-name': '.ottu__sdk-payment-name',
    'card-number': '.ottu__sdk-card-number',
    'card-expiry': '.ottu__sdk-card-expiry',
    'delete-card-logo': '.ottu__sdk-delete-card',
    'card-removal-modal': '.ottu__sdk-removal-popup',
    'info-modal': '.ottu__sdk-error-popup, .ottu__sdk-success-popup, .ottu__sdk-redirect-popup',
    'payment-modal': '.ottu__sdk-payment-modal',
    'modal-overlay': '.ottu__sdk-modal::backdrop',
    'popup-close-button': '.ottu__sdk-popup-close',
    'delete-card-button': '.ottu__sdk-removal-yes',
    'delete-card-message': '.ottu__sdk-removal-message',
    'keep-card-button': '.ottu__sdk-removal-no',
    'error-popup-heading': '.ottu__sdk-error-heading',
    'error-popup-message': '.ottu__sdk-error-message',
    'error-popup-data': '.ottu__sdk-error-data',
    'retry-button': '.ottu__sdk-retry',
    'error-retry-button': '.ottu__sdk-retry',
    'success-popup-heading': '.ottu__sdk-success-heading',
    'success-popup-message': '.ottu__sdk-success-message',
    'success-popup-data': '.ottu__sdk-success-data',
  },

  // Parts that are given a border colour rather than a whole border.
  framed: ['methods', 'saved-cards', 'redirect-links', 'selected-method', 'pay-button'],

  // Through the CSSOM, part by part: a value can break its own property and nothing else.
  lay(sheet, theme) {
    sdk.theme.layParts(sheet, theme || {});
    for (const [width, parts] of Object.entries((theme || {}).responsive || {})) {
      const rule = sdk.theme.insert(sheet, `@media (max-width: ${parseInt(width, 10) || 0}px) {}`);
      sdk.theme.layParts(rule, parts);
    }
  },

  layParts(owner, theme) {
    for (const [part, properties] of Object.entries(theme)) {
      const selector = sdk.theme.parts[part];
      if (!selector || !properties) continue;
      const rule = sdk.theme.insert(owner, `${selector} {}`);
      for (const [name, value] of Object.entries(properties)) {
        const isColour = name === 'border' && sdk.theme.framed.includes(part) && CSS.supports('color', value);
        rule.style.setProperty(isColour ? 'border-color' : name, String(value), 'important');
      }
    }
  },

  insert(owner, rule) {
    return owner.cssRules[owner.insertRule(rule, owner.cssRules.length)];
  },
};
