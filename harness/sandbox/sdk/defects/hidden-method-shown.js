// Methods are shown that formsOfPayment leaves out.
sdk.defects.known['sdk/hidden-method-shown'] = (sdk) => {
  sdk.offers.isShown = (offer) => offer.kind !== 'apple_pay' || sdk.applePay.isAvailable();
};
