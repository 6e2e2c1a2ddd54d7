// The bank's challenge: shown in a dialog, its result heard from the server.
sdk.threeDS = {
  // Resolves with the final result, whoever brings it first: socket, long poll or the customer's X.
  async challenge(checkout, attempt, start) {
    attempt.challenged = true;
    if (start.method === 'redirect') {
      attempt.leaving = true;
      sdk.redirect.go(start.redirect_url);
      return null;
    }
    const ended = new AbortController();
    checkout.challenge = ended;
    let dialog;
    try {
      return await new Promise((resolve, reject) => {
        let hasLeft = false;
        const dismiss = () => {
          if (hasLeft) return;
          hasLeft = true;
          sdk.threeDS.walkAway(checkout, attempt, start).then(resolve, reject);
        };
        dialog = sdk.threeDS.show(checkout, start.html, dismiss);
        sdk.threeDS.listen(checkout, start, ended.signal).then(resolve, reject);
      });
    } finally {
      ended.abort();
      if (dialog) dialog.close();
    }
  },

  show(checkout, html, onDismiss) {
    const title = sdk.strings.text(checkout.config.lang, 'threeDS');
    const heading = sdk.dom.el('h2', { class: 'ottu__sdk-3ds-heading' }, title);
    const frame = sdk.dom.documentFrame(html, { title, class: 'ottu__sdk-3ds-frame' });
    return sdk.dialog.open(checkout.root, {
      lang: checkout.config.lang,
      className: 'ottu__sdk-payment-modal',
      heading,
      children: [heading, frame],
      onDismiss,
      closable: true,
    });
  },

  async walkAway(checkout, attempt, start) {
    const { config } = checkout;
    const url = attempt.offer.source.cancel_url || checkout.payload.cancel_url;
    const { body } = await sdk.api.send(config, 'POST', url, {
      merchant_id: config.merchant_id,
      session_id: config.session_id,
      reference_number: start.reference_number,
    });
    return body;
  },

  async listen(checkout, start, signal) {
    const told = await sdk.threeDS.socket(checkout, start, signal);
    return told || sdk.threeDS.poll(checkout, start, signal);
  },

  // The result, or null when there is no socket to hear it from (a proxy, a policy, a lost line).
  socket(checkout, start, signal) {
    return new Promise((resolve) => {
      let socket;
      try {
        socket = new WebSocket(start.ws_url);
      } catch (error) {
        resolve(null);
        return;
      }
      signal.addEventListener('abort', () => socket.close());
      socket.addEventListener('open', () => socket.send(JSON.stringify({
        client_type: 'sdk',
        reference_number: start.reference_number,
        merchant_id: checkout.config.merchant_id,
      })));
      socket.addEventListener('message', (event) => resolve(sdk.threeDS.parse(event.data)));
      // A socket that a policy forbids tells of its error but never closes.
      socket.addEventListener('error', () => resolve(null));
      socket.addEventListener('close', () => resolve(null));
    });
  },

  parse(text) {
    try {
      const result = JSON.parse(text);
      return result && result.status ? result : null;
    } catch (error) {
      return null;
    }
  },

  // A dropped line is asked again, since the customer may be with the bank for minutes.
  async poll(checkout, start, signal) {
    const url = start.ws_url.replace(/^ws/, 'http');
    for (let lost = 0; !signal.aborted;) {
      try {
        const { status, body } = await sdk.api.send(checkout.config, 'GET', url, undefined, signal);
        if (status === 200) return body;
        lost = 0;
      } catch (failure) {
        lost += 1;
        if (signal.aborted || failure.status || lost > 2) throw failure;
      }
    }
    return null;
  },
};
