// The merchant is never told of a success.
sdk.defects.known['sdk/success-missing'] = (sdk) => {
  const { deliver } = sdk.callbacks;
  sdk.callbacks.deliver = (attempt, kind, data) => {
    if (kind !== 'success') return deliver(attempt, kind, data);
    attempt.told = kind;
    return true;
  };
};
