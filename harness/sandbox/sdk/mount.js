// Where the SDK lives in the merchant's page: one wrapper with a shadow root per container.
sdk.mount = {
  attach(checkout) {
    const wrapper = sdk.dom.el('div', { id: 'ottu-checkout-shadow-wrapper' });
    checkout.wrapper = wrapper;
    checkout.root = sdk.styles.dress(wrapper.attachShadow({ mode: 'open' }), checkout.config.theme);
    checkout.main = sdk.dom.el('div', { class: 'ottu__sdk-main' });
    checkout.root.append(checkout.main);
    wrapper.setAttribute('dir', sdk.strings.direction(checkout.config.lang));
    wrapper.setAttribute('lang', sdk.strings.language(checkout.config.lang));
    sdk.mount.place(checkout);
  },

  // The page may have emptied the container since; what stands in it (a spinner) gives way.
  place(checkout) {
    if (checkout.wrapper.isConnected) return true;
    const container = document.getElementById(checkout.config.selector);
    if (!container) {
      console.error(`Ottu Checkout: the page has no element with the id "${checkout.config.selector}" to show the checkout in.`);
      return false;
    }
    container.replaceChildren(checkout.wrapper);
    return true;
  },

  busy(checkout, isBusy) {
    checkout.wrapper.setAttribute('aria-busy', String(isBusy));
    if (isBusy && !checkout.main.firstChild) {
      const label = sdk.strings.text(checkout.config.lang, 'loading');
      checkout.main.append(sdk.dom.el('div', { class: 'ottu__sdk-loader', role: 'status', 'aria-label': label }));
    }
  },
};
