// The last of several methods is not shown.
sdk.defects.known['sdk/method-missing'] = (sdk) => {
  const { all } = sdk.offers;
  sdk.offers.all = (payload, config) => {
    const offers = all(payload, config);
    return offers.length > 1 ? offers.slice(0, -1) : offers;
  };
};
