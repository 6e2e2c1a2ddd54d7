// A removed card disappears from the screen and not from Ottu.
sdk.defects.known['sdk/removed-on-screen-only'] = (sdk) => {
  sdk.savedCards.remove = async (checkout, offer) => {
    if (await sdk.popup.confirmRemoval(checkout)) sdk.savedCards.forget(checkout, offer);
  };
};
