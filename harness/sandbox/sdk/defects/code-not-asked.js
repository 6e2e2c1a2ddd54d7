// The SDK pays with a saved card without asking for its CVV.
sdk.defects.known['sdk/code-not-asked'] = (sdk) => {
  sdk.savedCards.asksCode = () => false;
};
