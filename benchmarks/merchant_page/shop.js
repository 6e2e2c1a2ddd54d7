// What Ottu tells merchants to define; a test hears of each call through `recordCallback`.
const config = JSON.parse(document.getElementById("config").textContent);

const record = async (name, data) => {
  if (window.recordCallback) await window.recordCallback(name, data);
};

async function successCallback(data) {
  await record("success", data);
  window.location.href = data.redirect_url;
}

async function cancelCallback(data) {
  await record("cancel", data);
  window.Checkout.showPopup("error", data.message, null);
}

async function errorCallback(data) {
  await record("error", data);
  window.Checkout.showPopup("error", data.message, null);
}

async function validatePayment() {}

async function beforePayment(data) {
  if (data.redirect_url) window.Checkout.showPopup("redirect", data.message || "", null);
  return true;
}

window.Checkout.init({ selector: "checkout", lang: "en", ...config });
