// Ottu never hears that the customer sees the checkout.
sdk.defects.known['sdk/view-not-reported'] = (sdk) => {
  sdk.session.knock = async () => {};
};
