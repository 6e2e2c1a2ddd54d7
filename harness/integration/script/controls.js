// What a customer could use on the page: by place, with its name, and whether it can be used now.
(checkout) => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";

  function placeOf(element) {
    const steps = [];
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const sisters = each.parentElement ? [...each.parentElement.children] : [each];
      steps.unshift(each.id ? `#${each.id}` : `${each.localName}:${sisters.indexOf(each)}`);
      if (each.id) break;
    }
    return steps.join(" > ");
  }

  function labelOf(element) {
    const label = element.getAttribute("aria-label") || element.labels?.[0]?.innerText
      || element.innerText || element.getAttribute("placeholder") || element.name || element.id;
    return String(label || element.localName).trim().split("\n")[0].slice(0, 40);
  }

  // Whether a click in its middle would reach it.
  function isReached(element) {
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return Boolean(hit) && (element.contains(hit) || hit.contains(element)
      || [...(element.labels ?? [])].some((label) => label.contains(hit)));
  }

  function isUsable(element) {
    return element.checkVisibility({ visibilityProperty: true })
      && !element.matches(":disabled, [aria-disabled=true]")
      && !element.closest("[inert]")
      && getComputedStyle(element).pointerEvents !== "none"
      && isReached(element);
  }

  const [x, y] = [window.scrollX, window.scrollY];
  const found = [...document.querySelectorAll(CONTROLS)]
    .map((element) => [placeOf(element), { label: labelOf(element), usable: isUsable(element) }]);
  const sdk = document.querySelector(checkout);
  if (sdk) found.push(["the checkout", { label: "the checkout", usable: isUsable(sdk) }]);
  window.scrollTo({ left: x, top: y, behavior: "instant" });
  return Object.fromEntries(found);
}
