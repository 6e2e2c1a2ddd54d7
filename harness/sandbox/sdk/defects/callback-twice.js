// Every callback is run twice.
sdk.defects.known['sdk/callback-twice'] = (sdk) => {
  const { run } = sdk.callbacks;
  sdk.callbacks.run = (kind, data) => run(kind, data) && run(kind, data);
};
