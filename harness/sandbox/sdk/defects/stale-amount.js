// A reloaded SDK goes on with what it knew before.
sdk.defects.known['sdk/stale-amount'] = (sdk) => {
  const { fetch } = sdk.session;
  let known = null;
  sdk.session.fetch = async (checkout) => {
    known = known || await fetch(checkout);
    return known;
  };
};
