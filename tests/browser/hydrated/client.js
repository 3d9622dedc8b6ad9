// Takes the page over when the test says so; what React had to mend stands in window.mended.
import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { Page } from './page.js';

globalThis.mended = [];
globalThis.hydrate = () => hydrateRoot(document, createElement(Page), {
  onRecoverableError: ({ message }) => globalThis.mended.push(message),
});
