// Hydrates the page when the test calls hydrate(). The errors that React recovered from are in window.mended.
import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { Page } from './page.js';

globalThis.mended = [];
globalThis.hydrate = () => hydrateRoot(document, createElement(Page), {
  onRecoverableError: ({ message }) => globalThis.mended.push(message),
});
