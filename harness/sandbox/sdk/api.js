// Calls to the merchant's host. A failure is an Error with `status` (0: no answer) and `body`.
sdk.api = {
  patience: 30000,

  base(config) {
    return `${sdk.scriptElement.protocol()}//${config.merchant_id}`;
  },

  headers(config, hasBody) {
    const headers = {
      Accept: 'application/json',
      'Accept-Language': sdk.strings.language(config.lang),
      Authorization: `Api-Key ${config.apiKey}`,
    };
    return hasBody ? { ...headers, 'Content-Type': 'application/json' } : headers;
  },

  async send(config, method, url, body, signal) {
    let response;
    try {
      response = await fetch(url, {
        method,
        headers: sdk.api.headers(config, body !== undefined),
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        signal: signal || AbortSignal.timeout(sdk.api.patience),
      });
    } catch (error) {
      throw sdk.api.failure(config, 0, null, error);
    }
    const answer = await sdk.api.read(response);
    if (!response.ok) throw sdk.api.failure(config, response.status, answer);
    return { status: response.status, body: answer };
  },

  async read(response) {
    const text = await response.text();
    try {
      return text ? JSON.parse(text) : null;
    } catch (error) {
      return null;
    }
  },

  failure(config, status, body, cause) {
    const failure = new Error(sdk.api.reason(body) || sdk.strings.text(config.lang, 'oops'), { cause });
    return Object.assign(failure, { status, body });
  },

  reason(body) {
    if (!body) return '';
    const said = [body.detail, body.message, body.non_field_errors].flat();
    return said.find((text) => typeof text === 'string' && text.trim()) || '';
  },
};
