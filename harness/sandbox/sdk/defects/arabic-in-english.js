// An Arabic checkout speaks English.
sdk.defects.known['sdk/arabic-in-english'] = (sdk) => {
  const { text } = sdk.strings;
  sdk.strings.text = (lang, key, values) => text('en', key, values);
};
