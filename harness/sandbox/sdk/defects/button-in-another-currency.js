// The button names another currency than the one that is charged.
sdk.defects.known['sdk/button-in-another-currency'] = (sdk) => {
  const { payLabel } = sdk.foot;
  sdk.foot.payLabel = (checkout) => payLabel(checkout).replace(/[A-Z]{3}/, 'USD');
};
