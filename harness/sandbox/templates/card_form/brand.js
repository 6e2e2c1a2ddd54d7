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
