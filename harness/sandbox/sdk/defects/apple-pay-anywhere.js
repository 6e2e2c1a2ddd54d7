// Apple Pay is offered on a device that has none.
sdk.defects.known['sdk/apple-pay-anywhere'] = (sdk) => {
  sdk.applePay.isAvailable = () => true;
};
