// Puts it all in place before the first script of the document runs.

// Both stay up to date by themselves. Going through what is there costs less than searching every
// node that a mutation brings, and there are few of either.
const scripts = document.getElementsByTagName("script");
const iframes = document.getElementsByTagName("iframe");

function watchDocument() {
  takeOverAll();
  observeSdk();
  const observer = new MutationObserver(() => {
    for (const script of scripts) {
      takeOver(script);
      inserted(script);
    }
    for (const iframe of iframes) inserted(iframe);
    releaseRemovedFrames();
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

watchLeaving();
patchReading();
patchFetch();
patchXhr();
patchTimers();
patchNavigation();
Object.defineProperty(window, "__checkout", { value: { atRest, wiring } });
watchDocument();
