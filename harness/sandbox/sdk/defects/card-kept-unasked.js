// The SDK asks Ottu to keep a card though the switch is off.
sdk.defects.known['sdk/card-kept-unasked'] = (sdk) => {
  sdk.cardFrame.saves = (checkout, offer) => offer.canSave;
};
