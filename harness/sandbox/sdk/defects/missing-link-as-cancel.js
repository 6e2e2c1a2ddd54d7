// A failure of the gateway is told as if the customer had cancelled.
sdk.defects.known['sdk/missing-link-as-cancel'] = (sdk) => {
  const { tell } = sdk.payment;
  sdk.payment.tell = (attempt, kind, data) => {
    if (kind === 'error') tell(attempt, 'cancel', { ...data, status: 'canceled' });
    else tell(attempt, kind, data);
  };
};
