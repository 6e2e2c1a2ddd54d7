// beforePayment is not run.
sdk.defects.known['sdk/before-payment-skipped'] = (sdk) => {
  sdk.hooks.order = ['validatePayment'];
};
