// The error popup cannot be closed.
sdk.defects.known['sdk/popup-never-closes'] = (sdk) => {
  const { close } = sdk.popup;
  sdk.popup.close = () => { if (sdk.popup.current && sdk.popup.current.type !== 'error') close(); };
};
