// The merchant is never told that a payment came to nothing.
sdk.defects.known['sdk/cancel-missing'] = (sdk) => {
  const { deliver } = sdk.callbacks;
  sdk.callbacks.deliver = (attempt, kind, data) => {
    if (kind !== 'cancel') return deliver(attempt, kind, data);
    attempt.told = kind;
    return true;
  };
};
