// Elements are built node by node: strict Trusted Types forbid markup in strings.
sdk.dom = {
  el(tag, attributes, ...children) {
    return sdk.dom.fill(document.createElement(tag), attributes, children);
  },

  svg(tag, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    return sdk.dom.fill(element, attributes, children);
  },

  fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === 'function') element.addEventListener(name, value);
      else element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  },

  // A frame from a document the server wrote (the bank's challenge) needs markup: the one place
  // that does, under a policy that a page with `trusted-types ottu-checkout` allows by name.
  documentFrame(html, attributes) {
    const frame = sdk.dom.el('iframe', attributes);
    if (window.trustedTypes && !sdk.dom.policy) {
      sdk.dom.policy = window.trustedTypes.createPolicy('ottu-checkout', { createHTML: (text) => text });
    }
    frame.srcdoc = sdk.dom.policy ? sdk.dom.policy.createHTML(html) : html;
    return frame;
  },

  policy: null,
};
