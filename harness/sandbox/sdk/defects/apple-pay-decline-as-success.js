// A wallet payment that the gateway declines is told as a success.
sdk.defects.known['sdk/apple-pay-decline-as-success'] = (sdk) => {
  const { charge } = sdk.applePay;
  sdk.applePay.charge = async (...given) => {
    const answer = await charge(...given);
    return { ...answer, approved: true, callback_payload: { ...answer.callback_payload, status: 'success' } };
  };
};
