// The button names the amount without the fee that is charged.
sdk.defects.known['sdk/fee-left-out'] = (sdk) => {
  sdk.money.payable = (payload) => sdk.money.due(payload);
};
