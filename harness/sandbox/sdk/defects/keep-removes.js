// A card is removed though the customer thinks better of it.
sdk.defects.known['sdk/keep-removes'] = (sdk) => {
  const { confirmRemoval } = sdk.popup;
  sdk.popup.confirmRemoval = (checkout) => confirmRemoval(checkout).then(() => true);
};
