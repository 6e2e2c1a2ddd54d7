// beforePayment is run before validatePayment.
sdk.defects.known['sdk/hooks-swapped'] = (sdk) => {
  sdk.hooks.order.reverse();
};
