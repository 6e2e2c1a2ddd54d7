// The error popup says that something went wrong, and not what.
sdk.defects.known['sdk/error-reason-lost'] = (sdk) => {
  const { error } = sdk.popup;
  sdk.popup.error = (lang) => error(lang, '', []);
};
