// A stand-in for the browser's ApplePaySession (Apple Pay on the Web), with a sheet to click on.
(() => {
  if (window.top !== window || window.ApplePaySession) return;

  const element = (tag, style, text) => {
    const made = document.createElement(tag);
    made.style.cssText = style;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const random = (bytes) =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, '0')).join('');

  // Encrypted payment data cannot be read by anyone but the gateway, so any bytes will do.
  const token = () => ({
    paymentData: {
      version: 'EC_v1',
      data: random(48),
      signature: random(32),
      header: { ephemeralPublicKey: random(32), publicKeyHash: random(16), transactionId: random(32) },
    },
    paymentMethod: { displayName: 'Visa 0492', network: 'Visa', type: 'debit' },
    transactionIdentifier: random(32),
  });

  class Sheet {
    constructor(request, actions) {
      this.host = element('div', 'position:fixed;inset:0;z-index:2147483647');
      const root = this.host.attachShadow({ mode: 'open' });
      const shade = element('div', 'position:absolute;inset:0;background:#0008;display:flex;align-items:flex-end;justify-content:center');
      const sheet = element('div', 'width:min(420px,100%);background:#f6f6f8;border-radius:14px 14px 0 0;padding:20px;font:15px -apple-system,system-ui,sans-serif;color:#111;box-sizing:border-box');
      sheet.setAttribute('role', 'dialog');
      sheet.setAttribute('aria-modal', 'true');
      sheet.setAttribute('aria-label', 'Apple Pay');
      const row = (name, value) => {
        const line = element('div', 'display:flex;justify-content:space-between;padding:12px 0;border-bottom:1px solid #ddd');
        line.append(element('span', 'color:#777', name), element('strong', '', value));
        return line;
      };
      this.status = element('p', 'margin:14px 0 0;text-align:center;color:#555', 'Connecting…');
      this.status.setAttribute('role', 'status');
      this.pay = element('button', 'width:100%;margin-top:14px;padding:14px;border:0;border-radius:10px;background:#000;color:#fff;font:600 16px inherit;cursor:pointer', 'Pay with Touch ID');
      this.pay.disabled = true;
      this.pay.addEventListener('click', actions.authorize, { once: true });
      this.cancel = element('button', 'width:100%;margin-top:8px;padding:10px;border:0;background:none;color:#06c;font:16px inherit;cursor:pointer', 'Cancel');
      this.cancel.addEventListener('click', actions.dismiss, { once: true });
      sheet.append(
        element('h2', 'margin:0 0 8px;font-size:20px', ' Pay'),
        row('Card', 'Visa •••• 0492'),
        row('Pay ' + request.total.label, `${request.total.amount} ${request.currencyCode}`),
        this.status, this.pay, this.cancel,
      );
      shade.append(sheet);
      root.append(shade);
      document.body.append(this.host);
    }
    ready() { this.status.textContent = 'Ready'; this.pay.disabled = false; }
    say(text) { this.status.textContent = text; this.pay.disabled = true; this.cancel.disabled = true; }
    close() { this.host.remove(); }
  }

  let current = null;

  class ApplePaySession extends EventTarget {
    static STATUS_SUCCESS = 0;
    static STATUS_FAILURE = 1;
    static canMakePayments() { return true; }
    static canMakePaymentsWithActiveCard() { return Promise.resolve(true); }
    static applePayCapabilities() {
      return Promise.resolve({ paymentCredentialStatus: 'paymentCredentialsAvailable' });
    }
    static supportsVersion(version) { return version >= 1 && version <= 14; }

    constructor(version, request) {
      super();
      if (!ApplePaySession.supportsVersion(version)) {
        throw new DOMException(`Version ${version} is not supported.`, 'InvalidAccessError');
      }
      for (const needed of ['countryCode', 'currencyCode', 'supportedNetworks', 'merchantCapabilities', 'total']) {
        if (!request || !request[needed]) throw new TypeError(`The payment request has no ${needed}.`);
      }
      if (!navigator.userActivation.isActive) {
        throw new DOMException('Must create a new ApplePaySession from a user gesture handler.', 'InvalidAccessError');
      }
      this.request = request;
      this.over = false;
    }

    begin() {
      if (current) throw new DOMException('A page may show one payment sheet at a time.', 'InvalidAccessError');
      current = this;
      this.sheet = new Sheet(this.request, {
        authorize: () => {
          this.sheet.say('Processing…');
          this.tell('paymentauthorized', { payment: { token: token() } });
        },
        dismiss: () => {
          this.end();
          this.tell('cancel', { sessionError: { code: 'userCanceled', info: {} } });
        },
      });
      this.tell('validatemerchant', { validationURL: 'https://apple-pay-gateway.apple.com/paymentservices/startSession' });
    }

    completeMerchantValidation(session) {
      if (!session || !session.merchantSessionIdentifier) {
        this.end();
        this.tell('cancel', { sessionError: { code: 'unknown', info: {} } });
        return;
      }
      if (!this.over) this.sheet.ready();
    }

    completePayment(result) {
      const status = typeof result === 'object' ? result.status : result;
      if (![ApplePaySession.STATUS_SUCCESS, ApplePaySession.STATUS_FAILURE].includes(status)) {
        throw new TypeError('completePayment needs a status.');
      }
      this.end();
    }

    abort() { this.end(); }

    end() {
      if (this.over) return;
      this.over = true;
      current = null;
      this.sheet.close();
    }

    tell(name, detail) {
      const event = Object.assign(new Event(name), detail);
      this.dispatchEvent(event);
      const handler = this['on' + name];
      if (typeof handler === 'function') handler.call(this, event);
    }
  }

  Object.defineProperty(window, 'ApplePaySession', { value: ApplePaySession, configurable: true, writable: true });
})();
