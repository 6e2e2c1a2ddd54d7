// The success callback carries the status canceled.
sdk.defects.known['sdk/status-contradicts-callback'] = (sdk) => {
  const { data } = sdk.callbacks;
  sdk.callbacks.data = (...given) => {
    const said = data(...given);
    return said.status === 'success' ? { ...said, status: 'canceled' } : said;
  };
};
