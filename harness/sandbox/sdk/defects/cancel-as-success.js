// The success callback is run where cancel is due.
sdk.defects.known['sdk/cancel-as-success'] = (sdk) => {
  sdk.callbacks.kindOf = () => 'success';
};
