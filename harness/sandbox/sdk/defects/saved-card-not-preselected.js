// A saved card is offered and not preselected.
sdk.defects.known['sdk/saved-card-not-preselected'] = (sdk) => {
  sdk.offers.preselected = () => null;
};
