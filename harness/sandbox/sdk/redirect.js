// Paying on the gateway's own page: the server makes the link, the browser goes there.
sdk.redirect = {
  // Resolves with a result only when there is nowhere to go: the session is over.
  async pay(checkout, attempt) {
    const answer = await sdk.redirect.link(checkout, attempt.offer.source);
    if (answer.status === 'canceled') return answer;
    attempt.leaving = true;
    sdk.redirect.go(answer.redirect_url);
    return null;
  },

  async link(checkout, method) {
    const { config } = checkout;
    const { body } = await sdk.api.send(config, 'POST', method.submit_url, {
      merchant_id: config.merchant_id,
      session_id: config.session_id,
      pg_code: method.code,
      channel: 'web_sdk',
    });
    const isUsable = body && (body.status === 'canceled' || (body.status !== 'error' && body.redirect_url));
    if (!isUsable) throw sdk.api.failure(config, 200, body);
    return body;
  },

  go(url) {
    const target = new URL(url, document.baseURI);
    if (!/^https?:$/.test(target.protocol)) throw new Error(`Ottu Checkout: ${target.protocol} is not a web address.`);
    window.location.assign(target.href);
  },
};
