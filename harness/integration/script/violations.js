// What the page's own policy keeps from happening, told as it happens.
document.addEventListener("securitypolicyviolation", (event) => {
  if (event.disposition !== "enforce") return;
  const told = { directive: event.effectiveDirective, blocked: event.blockedURI, source: event.sourceFile ?? "" };
  window.__policyBlocked(JSON.stringify(told)).catch(() => {});
}, true);
