// The least that reads names from its own script element when it calls them, as Ottu's SDK does.
(() => {
  const script = document.currentScript;
  const find = (attribute) => window[script.getAttribute(`data-${attribute}`)];
  const call = (attribute, ...args) => {
    const callback = find(attribute);
    return typeof callback === "function" ? callback(...args) : "not a function";
  };
  window.Checkout = {
    init(config) {
      this.config = config;
      const container = document.getElementById(config.selector);
      if (!container) throw new Error("no container");
      container.textContent = `paying ${config.session_id}`;
    },
    reload() {
      document.getElementById(this.config.selector).textContent = "reloaded";
    },
    showPopup(type, message) {
      const dialog = document.createElement("div");
      dialog.setAttribute("role", "dialog");
      dialog.textContent = `${type}: ${message}`;
      document.body.append(dialog);
    },
  };
  window.tiny = {
    script,
    find,
    call,
    async pay(data, outcome) {
      if (typeof find("validatepayment") === "function") await find("validatepayment")();
      if (typeof find("beforepayment") === "function") await find("beforepayment")(data);
      return call(outcome, data);
    },
  };
})();
