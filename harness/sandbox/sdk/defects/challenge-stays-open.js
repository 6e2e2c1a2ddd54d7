// The challenge stays open when it is over.
sdk.defects.known['sdk/challenge-stays-open'] = (sdk) => {
  const { show } = sdk.threeDS;
  sdk.threeDS.show = (...given) => ({ ...show(...given), close: () => {} });
};
