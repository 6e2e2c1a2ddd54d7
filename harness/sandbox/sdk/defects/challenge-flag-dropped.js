// challenge_occurred is always false.
sdk.defects.known['sdk/challenge-flag-dropped'] = (sdk) => {
  const { data } = sdk.callbacks;
  sdk.callbacks.data = (...given) => ({ ...data(...given), challenge_occurred: false });
};
