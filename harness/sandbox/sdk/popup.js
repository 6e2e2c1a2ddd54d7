// The SDK's popups, one at a time: error, success, redirect, and the question before a removal.
sdk.popup = {
  current: null,

  show(type, message, response) {
    const build = { error: sdk.popup.error, success: sdk.popup.success, redirect: sdk.popup.redirecting }[type];
    if (!build) {
      console.error(`Ottu Checkout: showPopup knows no type "${type}", only error, success and redirect.`);
      return;
    }
    sdk.popup.close();
    const checkout = sdk.checkout.current;
    const lang = checkout ? checkout.config.lang : 'en';
    const popup = build(lang, String(message || '').trim(), sdk.popup.lines(response));
    const root = sdk.popup.root(checkout);
    const onDismiss = popup.closable ? () => sdk.popup.close() : null;
    sdk.popup.current = { type, ...sdk.dialog.open(root, { lang, onDismiss, ...popup }) };
  },

  close() {
    if (!sdk.popup.current) return;
    const { host } = sdk.popup.current.element.getRootNode();
    sdk.popup.current.close();
    sdk.popup.current = null;
    if (host && host.id === sdk.popup.ownHost) host.remove();
  },

  ownHost: 'ottu-checkout-popups',

  // The redirect popup has no X: when nobody is going anywhere, it has to go by itself.
  closeRedirect() {
    if (sdk.popup.current && sdk.popup.current.type === 'redirect') sdk.popup.close();
  },

  // Popups work before init and after the page emptied the container: then in a place of their own.
  root(checkout) {
    if (checkout && checkout.wrapper.isConnected) return checkout.root;
    const host = sdk.dom.el('div', { id: sdk.popup.ownHost });
    document.body.append(host);
    return sdk.styles.dress(host.attachShadow({ mode: 'open' }), checkout ? checkout.config.theme : {});
  },

  lines(response) {
    return Object.entries(response || {})
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => `${key} : ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  },

  list(lines, className) {
    return lines.length ? sdk.dom.el('ul', { class: className }, lines.map((line) => sdk.dom.el('li', {}, line))) : null;
  },

  dots() {
    return sdk.dom.el('div', { class: 'ottu__sdk-dots', 'aria-hidden': 'true' }, ...[1, 2, 3].map(() => sdk.dom.el('i', {})));
  },

  error(lang, message, lines) {
    const say = (key) => sdk.strings.text(lang, key);
    const heading = sdk.dom.el('h2', { class: 'ottu__sdk-error-heading' },
      say('failedHeading'), sdk.dom.el('br', {}), say('failedSubheading'));
    const said = message || (lines.length ? '' : say('oops'));
    const retry = { type: 'button', class: 'ottu__sdk-button ottu__sdk-retry', click: () => sdk.popup.close() };
    return {
      className: 'ottu__sdk-popup ottu__sdk-error-popup',
      heading,
      closable: true,
      children: [
        sdk.icons.alarm(),
        heading,
        said ? sdk.dom.el('p', { class: 'ottu__sdk-error-message' }, said) : null,
        sdk.popup.list(lines, 'ottu__sdk-error-data'),
        sdk.dom.el('button', retry, say('tryAgain')),
      ],
    };
  },

  success(lang, message, lines) {
    const heading = sdk.dom.el('h2', { class: 'ottu__sdk-success-heading' }, sdk.strings.text(lang, 'doneHeading'));
    return {
      className: 'ottu__sdk-popup ottu__sdk-success-popup',
      heading,
      closable: true,
      children: [
        sdk.icons.tick(),
        heading,
        sdk.dom.el('p', { class: 'ottu__sdk-success-message' }, message || sdk.strings.text(lang, 'doneMessage')),
        sdk.popup.list(lines, 'ottu__sdk-success-data'),
        sdk.popup.dots(),
      ],
    };
  },

  redirecting(lang, message) {
    const heading = sdk.dom.el('h2', { class: 'ottu__sdk-redirect-heading' }, sdk.strings.text(lang, 'redirecting'));
    const repeats = message.replace(/[.…\s]+$/, '') === heading.textContent;
    return {
      className: 'ottu__sdk-popup ottu__sdk-redirect-popup',
      heading,
      closable: false,
      children: [
        heading,
        message && !repeats ? sdk.dom.el('p', { class: 'ottu__sdk-redirect-message' }, message) : null,
        sdk.popup.dots(),
      ],
    };
  },

  // True when the customer says yes.
  confirmRemoval(checkout) {
    sdk.popup.close();
    const { lang } = checkout.config;
    const say = (key) => sdk.strings.text(lang, key);
    return new Promise((resolve) => {
      const answer = (yes) => () => { sdk.popup.close(); resolve(yes); };
      const heading = sdk.dom.el('h2', { class: 'ottu__sdk-removal-message' }, say('removeQuestion'));
      const button = (kind, key, yes) => sdk.dom.el(
        'button', { type: 'button', class: `ottu__sdk-button ${kind}`, click: answer(yes) }, say(key));
      sdk.popup.current = { type: 'removal', ...sdk.dialog.open(checkout.root, {
        lang,
        className: 'ottu__sdk-popup ottu__sdk-removal-popup',
        heading,
        closable: false,
        onDismiss: answer(false),
        children: [
          sdk.dom.el('span', { class: 'ottu__sdk-removal-sign' }, sdk.icons.bin()),
          heading,
          button('ottu__sdk-removal-yes', 'removeYes', true),
          button('ottu__sdk-removal-no', 'removeNo', false),
        ],
      }) };
    });
  },
};
