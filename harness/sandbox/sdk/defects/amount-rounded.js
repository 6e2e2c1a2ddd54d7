// Three decimals are shown as two.
sdk.defects.known['sdk/amount-rounded'] = (sdk) => {
  const { due, payable } = sdk.money;
  const rounded = ({ amount, currency }) => ({ amount: Number(amount).toFixed(2), currency });
  sdk.money.due = (payload) => rounded(due(payload));
  sdk.money.payable = (payload, offer) => rounded(payable(payload, offer));
};
