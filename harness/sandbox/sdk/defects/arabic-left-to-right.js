// An Arabic checkout runs from left to right.
sdk.defects.known['sdk/arabic-left-to-right'] = (sdk) => {
  sdk.strings.direction = () => 'ltr';
};
