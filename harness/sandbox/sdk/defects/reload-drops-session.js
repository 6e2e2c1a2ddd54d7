// Checkout.reload forgets the session.
sdk.defects.known['sdk/reload-drops-session'] = (sdk) => {
  const { reload } = sdk.checkout;
  sdk.checkout.reload = () => {
    delete sdk.checkout.current.config.session_id;
    reload();
  };
};
