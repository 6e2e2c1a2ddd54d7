// Brand marks and signs, drawn here: a merchant's policy lets images come from nowhere else.
sdk.icons = {
  draw(box, label, ...shapes) {
    const [width, height] = box;
    // A mark reads from left to right on an Arabic page too.
    const attributes = { viewBox: `0 0 ${width} ${height}`, width, height, focusable: 'false', direction: 'ltr' };
    Object.assign(attributes, label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' });
    return sdk.dom.svg('svg', attributes, shapes.map(([tag, shape, text]) => sdk.dom.svg(tag, shape, text)));
  },

  stroke(path, colour, width) {
    return ['path', {
      d: path, fill: 'none', stroke: colour, 'stroke-width': width,
      'stroke-linecap': 'round', 'stroke-linejoin': 'round',
    }];
  },

  visa(label) {
    return sdk.icons.draw([30, 18], label, ['text', {
      x: 15, y: 13.5, 'text-anchor': 'middle', textLength: 27, lengthAdjust: 'spacingAndGlyphs',
      'font-family': 'Arial, Helvetica, sans-serif', 'font-size': 12, 'font-weight': 900,
      'font-style': 'italic', fill: '#14247e',
    }, 'VISA']);
  },

  mastercard(label) {
    return sdk.icons.draw([26, 18], label,
      ['circle', { cx: 9, cy: 9, r: 7.5, fill: '#dd1f26' }],
      ['circle', { cx: 17, cy: 9, r: 7.5, fill: '#f4a32a' }],
      ['path', { d: 'M13 2.65a7.5 7.5 0 0 1 0 12.7a7.5 7.5 0 0 1 0-12.7z', fill: '#ef6a20' }]);
  },

  amex(label) {
    return sdk.icons.draw([32, 20], label,
      ['rect', { width: 32, height: 20, rx: 3, fill: '#2671b9' }],
      ['text', {
        x: 16, y: 13.5, 'text-anchor': 'middle', textLength: 26, lengthAdjust: 'spacingAndGlyphs',
        'font-family': 'Arial, Helvetica, sans-serif', 'font-size': 9, 'font-weight': 900, fill: '#fff',
      }, 'AMEX']);
  },

  knet(label) {
    return sdk.icons.draw([44, 30], label,
      ['rect', { width: 44, height: 30, rx: 2, fill: '#1a68b3' }],
      ['rect', { x: 3, y: 6, width: 38, height: 15, fill: '#2f86d0' }],
      ['path', { d: 'M15 6h5v6l7-6h7l-9 7.4 9.6 7.6h-7.2L20 15v6h-5z', fill: '#fbe11b' }],
      sdk.icons.stroke('M8 3.4h6M18 3.4h4M26 3.4h10', '#fff', 1.6),
      ['text', {
        x: 22, y: 28, 'text-anchor': 'middle', textLength: 34, 'font-size': 7.5, 'font-weight': 700,
        'font-family': 'Arial, Helvetica, sans-serif', fill: '#fff',
      }, 'n e t']);
  },

  cash(label) {
    return sdk.icons.draw([30, 20], label,
      ['rect', { x: 0.75, y: 2.75, width: 28.5, height: 14.5, rx: 2, fill: '#e9f4ec', stroke: '#4d8b5f', 'stroke-width': 1.5 }],
      ['circle', { cx: 15, cy: 10, r: 3.6, fill: 'none', stroke: '#4d8b5f', 'stroke-width': 1.5 }],
      sdk.icons.stroke('M5 7v6M25 7v6', '#4d8b5f', 1.5));
  },

  card(label) {
    return sdk.icons.draw([30, 20], label,
      ['rect', { x: 0.75, y: 0.75, width: 28.5, height: 18.5, rx: 3, fill: '#fff', stroke: '#8b8f98', 'stroke-width': 1.5 }],
      ['rect', { y: 5, width: 30, height: 4, fill: '#8b8f98' }],
      ['rect', { x: 4, y: 13, width: 9, height: 2, rx: 1, fill: '#c4c7cd' }]);
  },

  applePay() {
    return sdk.icons.draw([62, 26], null,
      ['path', {
        fill: 'currentColor',
        d: 'M15.9 4.6c.9-1.1 1.4-2.4 1.3-3.7-1.2.1-2.6.8-3.4 1.8-.8.9-1.4 2.2-1.2 3.5 1.3.1 2.5-.6 3.3-1.6z'
          + 'M17.1 6.6c-1.8-.1-3.4 1-4.2 1-.9 0-2.2-1-3.6-.9-1.9 0-3.6 1.1-4.5 2.7-1.9 3.3-.5 8.2 1.4 10.9'
          + '.9 1.3 2 2.8 3.4 2.7 1.4-.1 1.9-.9 3.5-.9s2.1.9 3.5.9c1.5 0 2.4-1.3 3.3-2.6 1-1.5 1.5-3 1.5-3'
          + '-.1 0-2.9-1.1-2.9-4.4 0-2.7 2.2-4 2.3-4.1-1.2-1.8-3.2-2.2-3.7-2.3z',
      }],
      ['text', {
        x: 25, y: 20.5, 'font-size': 20, 'font-weight': 500, fill: 'currentColor', textLength: 36,
        lengthAdjust: 'spacingAndGlyphs',
        'font-family': '-apple-system, "SF Pro Display", "Helvetica Neue", Arial, sans-serif',
      }, 'Pay']);
  },

  bin() {
    return sdk.icons.draw([20, 22], null,
      sdk.icons.stroke('M1.5 5h17M6.5 5V3.4c0-.9.7-1.6 1.6-1.6h3.8c.9 0 1.6.7 1.6 1.6V5', '#e0473e', 1.6),
      sdk.icons.stroke('M3.4 5l.9 13.2c.1 1.1 1 2 2.1 2h7.2c1.1 0 2-.9 2.1-2L16.6 5M8 10h4M8.6 14.500h2.8', '#e0473e', 1.6));
  },

  cross() {
    return sdk.icons.draw([18, 18], null, sdk.icons.stroke('M2.5 2.500l13 13M15.5 2.500l-13 13', 'currentColor', 2));
  },

  alarm() {
    return sdk.icons.draw([44, 44], null,
      ['circle', { cx: 22, cy: 22, r: 22, fill: '#f0232b' }],
      sdk.icons.stroke('M22 13v11', '#fff', 3.6),
      ['circle', { cx: 22, cy: 30.5, r: 2.2, fill: '#fff' }]);
  },

  tick() {
    return sdk.icons.draw([44, 44], null,
      ['circle', { cx: 22, cy: 22, r: 22, fill: '#12c43f' }],
      sdk.icons.stroke('M13.5 22.500l6 6 11-12', '#fff', 2.6));
  },

  brand(name, label) {
    const known = { VISA: 'visa', MASTERCARD: 'mastercard', AMEX: 'amex', KNET: 'knet' };
    return sdk.icons[known[String(name || '').toUpperCase()] || 'card'](label);
  },

  ofMethod(method) {
    if (method.pg === 'cod') return [sdk.icons.cash(null)];
    const words = `${method.pg} ${method.code} ${method.name}`.toLowerCase();
    if (/\b(kpay|knet)/.test(words)) return [sdk.icons.knet(null)];
    return [sdk.icons.visa(null), sdk.icons.mastercard(null)];
  },
};
