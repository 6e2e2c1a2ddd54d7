// A card is removed without asking whether that is meant.
sdk.defects.known['sdk/removal-unconfirmed'] = (sdk) => {
  sdk.popup.confirmRemoval = async () => true;
};
