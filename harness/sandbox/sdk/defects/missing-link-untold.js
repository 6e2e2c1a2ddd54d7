// A gateway without a payment link leaves customer and merchant without a word.
sdk.defects.known['sdk/missing-link-untold'] = (sdk) => {
  const { tell } = sdk.payment;
  sdk.payment.tell = (attempt, kind, data) => {
    if (kind !== 'error') tell(attempt, kind, data);
  };
};
