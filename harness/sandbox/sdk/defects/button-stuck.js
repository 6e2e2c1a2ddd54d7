// After a payment that came to nothing, no other can be tried.
sdk.defects.known['sdk/button-stuck'] = (sdk) => {
  const { settle } = sdk.payment;
  sdk.payment.settle = async (checkout, attempt) => {
    if (attempt.told !== 'cancel') await settle(checkout, attempt);
  };
};
