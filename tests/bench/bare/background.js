// Passes the declarations of pages on to the host, and the host's answers back to the page.
let id = 0;
const host = chrome.runtime.connectNative('com.cardmute.host');
const ask = (/** @type {object} */ fields) => host.postMessage({ id: id += 1, ...fields });
const origin = 'http://127.0.0.1';

chrome.runtime.onConnect.addListener((port) => {
  port.onMessage.addListener((message) => ask({ ...message, origin }));
  host.onMessage.addListener(({ type, status }) => {
    if (type !== 'reply' || status.state !== 'muted') return;
    port.postMessage({ type: 'status', view: 'muted' });
  });
});

const client = { extension_version: '1.0.0', browser: 'chromium', locale: 'en' };
ask({ type: 'hello', protocol: 1, client });

chrome.runtime.onMessage.addListener((message) => {
  if (message === 'resume') ask({ type: 'override', mode: 'auto' });
});
