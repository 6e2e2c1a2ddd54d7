// The cross of the challenge does nothing.
sdk.defects.known['sdk/challenge-cannot-be-left'] = (sdk) => {
  sdk.threeDS.walkAway = () => new Promise(() => {});
};
