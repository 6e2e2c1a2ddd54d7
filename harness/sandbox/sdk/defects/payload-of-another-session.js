// The payload of a callback names another session.
sdk.defects.known['sdk/payload-of-another-session'] = (sdk) => {
  const { data } = sdk.callbacks;
  sdk.callbacks.data = (...given) => {
    const said = data(...given);
    return { ...said, session_id: [...said.session_id].reverse().join('') };
  };
};
