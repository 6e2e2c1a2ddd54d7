// A session that is over is shown as one without methods, and nobody is told.
sdk.defects.known['sdk/ended-session-untold'] = (sdk) => {
  sdk.session.isPayable = () => true;
};
