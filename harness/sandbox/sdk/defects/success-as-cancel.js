// The cancel callback runs where success is due.
sdk.defects.known['sdk/success-as-cancel'] = (sdk) => {
  const { kindOf } = sdk.callbacks;
  sdk.callbacks.kindOf = (result) => (kindOf(result) === 'success' ? 'cancel' : kindOf(result));
};
