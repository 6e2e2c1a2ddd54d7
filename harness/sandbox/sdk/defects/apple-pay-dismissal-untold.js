// A dismissed sheet leaves the checkout waiting for ever.
sdk.defects.known['sdk/apple-pay-dismissal-untold'] = (sdk) => {
  sdk.applePay.dismissed = () => new Promise(() => {});
};
