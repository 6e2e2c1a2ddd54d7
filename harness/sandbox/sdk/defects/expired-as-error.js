// An expired session runs the error callback.
sdk.defects.known['sdk/expired-as-error'] = (sdk) => {
  const { kindOf } = sdk.callbacks;
  sdk.callbacks.kindOf = (result) => (/expired/.test(result.message) ? 'error' : kindOf(result));
};
