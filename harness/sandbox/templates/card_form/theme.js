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
