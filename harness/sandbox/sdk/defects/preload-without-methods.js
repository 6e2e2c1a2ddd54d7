// A page that hands over its set-up gets no payment methods.
sdk.defects.known['sdk/preload-without-methods'] = (sdk) => {
  const { preloaded } = sdk.session;
  sdk.session.preloaded = (config) => {
    const given = preloaded(config);
    return given && { ...given, payment_methods: [] };
  };
};
