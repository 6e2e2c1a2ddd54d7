// The policies that the document declares in its markup.
() => [...document.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')]
  .map((meta) => meta.content)
