function onPaid(result) { location.href = result.redirect_url; }
function onError(result) { alert("Not paid: " + result.message); }
function onLeave(offer) {
  if (offer.redirect_url) Checkout.showPopup("redirect", offer.message);
  return Promise.resolve(true);
}
function onCancel(result) {
  const gateway = result.payment_gateway_info;
  if (gateway && gateway.pg_name === "kpay") return Checkout.showPopup("error", "", gateway.pg_response);
  Checkout.reload();
  alert("Not paid: " + result.message);
}
document.addEventListener("DOMContentLoaded", () => {
  const { merchant, session, key } = document.body.dataset;
  Checkout.init({ selector: "checkout", merchant_id: merchant, session_id: session, apiKey: key });
});
