// A second press of the button charges a second time.
sdk.defects.known['sdk/double-click-pays-twice'] = (sdk) => {
  sdk.payment.mayStart = (checkout, offer) => Boolean(offer) && !checkout.isDisposed;
  sdk.foot.mayPay = (checkout) => Boolean(checkout.selected);
};
