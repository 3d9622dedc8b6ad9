// An extension with which CardMute's hops (from page to worker to host, and back) are compared. It has
// the same hops and does nothing else: it sees a field that declares itself, asks for the mute, and turns
// its banner green when the call is muted.
const port = chrome.runtime.connect({ name: 'surfaces' });
const host = document.createElement('div');
const root = host.attachShadow({ mode: 'closed' });
const banner = document.createElement('p');
let number = 0;
let isOpen = false;

function look() {
  const is = document.querySelector('[autocomplete="cc-number"]') !== null;
  if (is === isOpen) return;
  isOpen = is;
  if (is) number += 1;
  port.postMessage({ type: is ? 'surface.open' : 'surface.close', surface: `s${number}`, reason: 'bare' });
  if (is) return;
  banner.className = '';
  banner.textContent = '';
}

port.onMessage.addListener(({ view }) => {
  banner.className = view;
  banner.textContent = view;
});

host.setAttribute('data-cardmute-banner', '');
banner.style.cssText = 'position: fixed; top: 0; right: 0';
root.append(banner);
document.addEventListener('DOMContentLoaded', () => {
  document.body.append(host);
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
});
