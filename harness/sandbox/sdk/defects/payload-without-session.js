// The payload of a callback lacks session_id.
sdk.defects.known['sdk/payload-without-session'] = (sdk) => {
  const { data } = sdk.callbacks;
  sdk.callbacks.data = (...given) => {
    const { session_id: dropped, ...rest } = data(...given);
    return rest;
  };
};
