// What the page's own policy keeps from happening, and what the page says as it is left.
document.addEventListener("securitypolicyviolation", (event) => {
  if (event.disposition !== "enforce") return;
  const told = { directive: event.effectiveDirective, blocked: event.blockedURI, source: event.sourceFile ?? "" };
  window.__policyBlocked(JSON.stringify(told)).catch(() => {});
}, true);

if (window === window.top) {
  window.addEventListener("beforeunload", () => {
    if (document.body) window.__pageLeft(document.body.innerText).catch(() => {});
  });
}
