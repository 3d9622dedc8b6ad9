// Removes every element next to the body. Used by hostile.html.
globalThis.removed = 0;
setInterval(() => {
  for (const element of document.documentElement.children) {
    if (element.localName === 'head' || element.localName === 'body') continue;
    element.remove();
    globalThis.removed += 1;
  }
}, 16);
