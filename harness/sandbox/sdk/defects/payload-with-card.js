// The payload of a callback carries a field with the card, which Ottu does not document.
sdk.defects.known['sdk/payload-with-card'] = (sdk) => {
  const { data } = sdk.callbacks;
  sdk.callbacks.data = (result, attempt) => ({ ...data(result, attempt), card: attempt.card });
};
