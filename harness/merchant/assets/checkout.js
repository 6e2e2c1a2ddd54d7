// The shop's side of the checkout page: what Ottu tells merchants to define, and Checkout.init.
"use strict";

(() => {
  const holder = document.getElementById("checkout-config");
  const config = JSON.parse(holder.textContent);
  const notice = document.getElementById("notice");
  const quantity = document.getElementById("quantity");

  function say(message, good = false) {
    notice.textContent = message;
    notice.hidden = !message;
    notice.classList.toggle("good-news", good);
  }

  function report(reason) {
    return fetch(`${config.orderUrl}/problems`, { method: "POST", body: reason, keepalive: true });
  }

  // Failures that the customer has no other sign of get the SDK's popup (Ottu, "Callbacks").
  const POPUP_FORMS = new Set(["token_pay", "redirect", "card_onsite"]);

  function showFailure(data) {
    if (POPUP_FORMS.has(data.form_of_payment) || data.challenge_occurred) {
      window.Checkout.showPopup("error", data.message || config.texts.wrong, null);
    } else if (data.message) {
      say(data.message);
    }
  }

  function errorCallback(data) {
    showFailure(data);
    if (data.redirect_url) {
      window.location.href = data.redirect_url;
    }
  }

  function cancelCallback(data) {
    const gateway = data.payment_gateway_info;
    if (gateway && gateway.pg_name === "kpay") {
      // KNET obliges merchants to show its receipt for a refused payment, too.
      window.Checkout.showPopup("error", "", gateway.pg_response);
    } else {
      showFailure(data);
    }
  }

  function successCallback(data) {
    if (config.afterSuccess === "stay") {
      say(config.texts.thanks, true);
      return;
    }
    const fallback = `${config.returnUrl}?${new URLSearchParams({ session_id: data.session_id })}`;
    window.location.href = data.redirect_url || fallback;
  }

  async function validatePayment() {
    say("");
    switch (config.validatePayment) {
      case "reject":
        say(config.texts.not_now);
        throw new Error("The shop does not accept this order.");
      case "terms":
        if (!document.getElementById("terms").checked) {
          say(config.texts.accept_terms);
          throw new Error("The terms of sale are not accepted.");
        }
    }
  }

  async function beforePayment(data) {
    const wish = config.beforePayment;
    if (wish === "reject") {
      say(config.texts.not_now);
      throw new Error("The shop stopped this payment.");
    }
    if (wish.startsWith("update:")) {
      await change({ amount: wish.slice("update:".length) });
    }
    if (data.redirect_url) {
      window.Checkout.showPopup("redirect", data.message || "", null);
    }
    return true;
  }

  async function change(wish) {
    const answer = await fetch(config.orderUrl, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish),
    });
    const order = await answer.json();
    if (!answer.ok) {
      say(config.texts.not_changed);
      if (order.error_url) window.location.assign(order.error_url);
      throw new Error(config.texts.not_changed);
    }
    if (order.replaced) {
      // The session that the SDK holds is over; the page of the order has the new one.
      window.location.assign(order.page_url);
      throw new Error("The payment was started anew.");
    }
    for (const total of document.querySelectorAll("[data-amount]")) {
      total.textContent = `${order.amount} ${holder.dataset.currency}`;
    }
  }

  function thrower() {
    throw new Error("The shop's own code is broken.");
  }

  function hook(wish, implementation) {
    if (wish === null || wish === "missing") return undefined;
    return wish === "throw" ? thrower : implementation;
  }

  Object.assign(window, { errorCallback, cancelCallback, successCallback });
  const hooks = {
    validatePayment: hook(config.validatePayment, validatePayment),
    beforePayment: hook(config.beforePayment, beforePayment),
  };
  for (const [name, implementation] of Object.entries(hooks)) {
    if (implementation) window[name] = implementation;
  }

  quantity.addEventListener("change", async () => {
    quantity.disabled = true;
    try {
      await change({ quantity: Number(quantity.value) });
      window.Checkout.reload();
    } catch (problem) {
      console.warn(problem.message);
    } finally {
      quantity.disabled = false;
    }
  });

  function start() {
    try {
      window.Checkout.init(config.init);
    } catch (problem) {
      document.getElementById(config.init.selector).replaceChildren();
      say(config.texts.no_form);
      report(`Checkout.init: ${problem}`);
    }
  }

  function insertScript() {
    const script = document.createElement("script");
    for (const [name, value] of Object.entries(JSON.parse(holder.dataset.attributes))) {
      script.setAttribute(name, value);
    }
    const policy = window.trustedTypes?.createPolicy("shop", { createScriptURL: (url) => url });
    script.src = policy ? policy.createScriptURL(config.sdkUrl) : config.sdkUrl;
    script.addEventListener("load", start);
    script.addEventListener("error", start);
    document.head.append(script);
  }

  if (config.sdkUrl) insertScript();
  else start();
})();
