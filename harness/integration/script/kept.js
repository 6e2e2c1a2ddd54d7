// What the page keeps in the browser; an opaque origin has no storage to ask.
() => {
  try {
    return [JSON.stringify(window.localStorage), JSON.stringify(window.sessionStorage), document.cookie];
  } catch {
    return [];
  }
}
