// Runs before content.js in the traced copy of the extension. Notes when the script sends a form on its port,
// and when the answer comes back. The page asks for the notes with an event.
(() => {
  /** @type {Record<string, number>} */
  let marks = {};
  const now = () => performance.timeOrigin + performance.now();
  const { runtime } = globalThis.browser ?? chrome;
  const connect = runtime.connect.bind(runtime);
  runtime.connect = (...given) => {
    const port = connect(...given);
    const send = port.postMessage.bind(port);
    port.postMessage = (message) => {
      if (message.type === 'surface.open') marks.sent_by_page = now();
      send(message);
    };
    port.onMessage.addListener((message) => {
      if (message.type === 'status' && message.view === 'muted') marks.heard_by_page ??= now();
    });
    return port;
  };
  document.addEventListener('bench-begin', () => { marks = {}; });
  document.addEventListener('bench-marks', () => {
    document.dispatchEvent(new CustomEvent('bench-marked', { detail: JSON.stringify(marks) }));
  });
})();
