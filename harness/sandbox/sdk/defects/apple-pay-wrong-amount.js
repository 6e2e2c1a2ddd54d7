// The Apple Pay sheet asks for another amount than is charged.
sdk.defects.known['sdk/apple-pay-wrong-amount'] = (sdk) => {
  const { request } = sdk.applePay;
  sdk.applePay.request = (checkout, service) => {
    const asked = request(checkout, service);
    return { ...asked, total: { ...asked.total, amount: String(Math.ceil(Number(service.amount))) } };
  };
};
