// The methods stand in another order than the merchant asked for.
sdk.defects.known['sdk/methods-reversed'] = (sdk) => {
  const { all } = sdk.offers;
  sdk.offers.all = (payload, config) => all(payload, config).reverse();
};
