// The switch that keeps a card has no effect.
sdk.defects.known['sdk/switch-without-effect'] = (sdk) => {
  sdk.cardFrame.saves = () => false;
};
