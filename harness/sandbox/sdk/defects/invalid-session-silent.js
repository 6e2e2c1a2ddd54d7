// A session that does not exist shows an empty checkout, and nobody is told.
sdk.defects.known['sdk/invalid-session-silent'] = (sdk) => {
  sdk.checkout.cannotStart = (checkout) => {
    sdk.view.closed(checkout, 'noMethods');
    sdk.mount.busy(checkout, false);
  };
};
