// Runs before background.js in the traced copy of the extension. Notes when a form comes from a page and goes
// to the host, and when the answer comes from the host and goes to the page. The popup asks for the notes.
(() => {
  /** @type {Record<string, number>} */
  let marks = {};
  const now = () => performance.timeOrigin + performance.now();
  const { runtime } = globalThis.browser ?? chrome;
  runtime.onConnect.addListener((port) => {
    const send = port.postMessage.bind(port);
    port.onMessage.addListener((message) => {
      if (message.type === 'surface.open') marks = { heard_by_worker: now() };
    });
    port.postMessage = (message) => {
      if (message.type === 'status' && message.view === 'muted') marks.sent_by_worker ??= now();
      send(message);
    };
  });
  const connectNative = runtime.connectNative.bind(runtime);
  runtime.connectNative = (...given) => {
    const port = connectNative(...given);
    const send = port.postMessage.bind(port);
    port.postMessage = (message) => {
      if (message.type === 'surface.open') marks.sent_to_host = now();
      send(message);
    };
    port.onMessage.addListener((message) => {
      if (message.status?.state === 'muted') marks.heard_from_host ??= now();
    });
    return port;
  };
  runtime.onMessage.addListener((message, _, reply) => {
    if (message === 'bench-marks') reply(marks);
  });
})();
