// Puts it all in place before the first script of the document runs.

const ELEMENTS = "iframe, script";

function watchDocument() {
  takeOverAll();
  observeSdk();
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "attributes") takeOver(record.target);
      for (const node of record.addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const element of [node, ...node.querySelectorAll(ELEMENTS)]) {
          if (isScript(element)) takeOver(element);
          inserted(element);
        }
      }
      for (const node of record.removedNodes) {
        if (!(node instanceof Element)) continue;
        for (const element of [node, ...node.querySelectorAll("iframe")]) {
          if (element instanceof HTMLIFrameElement && !element.isConnected) loaded(element);
        }
      }
    }
    observeSdk();
  });
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  for (const type of ["load", "error"]) {
    // Before any listener of the page, so that an `onload` that calls init finds it observed.
    document.addEventListener(type, (event) => {
      observeSdk();
      if (event.target instanceof Element) loaded(event.target);
    }, true);
  }
  document.addEventListener("readystatechange", () => {
    observeSdk();
    wakeAll();
  }, true);
}

patchReading();
patchFetch();
patchXhr();
patchTimers();
patchNavigation();
Object.defineProperty(window, "__checkout", { value: { atRest, wiring } });
watchDocument();
