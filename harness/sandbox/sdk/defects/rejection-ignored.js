// A rejected validatePayment stops nothing.
sdk.defects.known['sdk/rejection-ignored'] = (sdk) => {
  sdk.hooks.pass = async (attempt) => {
    for (const kind of sdk.hooks.order) await Promise.resolve(sdk.hooks.call(kind, attempt)).catch(() => {});
    return true;
  };
};
