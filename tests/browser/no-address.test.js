// Tests a payment form in frames and windows that have no address of their own, since the page itself
// writes into them.
import * as runner from 'node:test';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

// The early mute is off, so that only a form can mute the call.
const OPTIONS = { policy: { premute: false } };

const FORM = '<form><input name="cardNumber"><input name="cvv"></form>';
const BLOB = 'URL.createObjectURL(new Blob([form], { type: "text/html" }))';

/** Scripts that put `frame`, with the form in it, into the document `doc`. */
const FRAMES = {
  'without an address': 'doc.body.append(frame); write(frame)',
  'of about:blank': 'frame.src = "about:blank"; doc.body.append(frame); write(frame)',
  'of about:blank with a name': 'frame.src = "about:blank#pay"; doc.body.append(frame); write(frame)',
  'of about:blank with a query': 'frame.src = "about:blank?pay"; doc.body.append(frame); write(frame)',
  'of a script': 'frame.src = "javascript:\'\'"; doc.body.append(frame); frame.onload = () => write(frame)',
  'that the page opens and writes': `doc.body.append(frame); const inner = frame.contentDocument;
    inner.open(); inner.write(form); inner.close()`,
  'with its source in an attribute': 'frame.srcdoc = form; doc.body.append(frame)',
  'of a blob': `frame.src = ${BLOB}; doc.body.append(frame)`,
  'of data': 'frame.src = "data:text/html," + encodeURIComponent(form); doc.body.append(frame)',
  'of no origin': 'frame.sandbox = "allow-scripts"; frame.srcdoc = form; doc.body.append(frame)',
};

/** @param {string} script @param {string} document */
const inserted = (script, document) => `{
  const form = ${JSON.stringify(FORM)};
  const doc = ${document};
  const frame = doc.createElement('iframe');
  const write = ({ contentDocument }) => { contentDocument.body.innerHTML = form; };
  frame.id = 'pay';
  ${script};
}`;

/** JavaScript expressions for the address with which a window is opened. */
const WINDOWS = {
  'without an address': '""',
  'of about:blank with a name': '"about:blank#pay"',
  'of a blob': BLOB,
};

inBothBrowsers(runner, 'a form', OPTIONS, (scene) => {
  for (const [name, script] of Object.entries(FRAMES)) {
    it(`in a frame ${name}`, async () => {
      const page = await scene().open('not-payment.html');
      await scene().payment({
        open: () => page.evaluate(inserted(script, 'document')),
        close: () => page.evaluate('document.getElementById("pay").remove()'), gone: () => page,
      });
    });
  }

  /** @param {any} page @param {string} script @returns {Promise<any>} the window that the script opens */
  async function opened(page, script) {
    const popup = new Promise((resolve) => { page.once('popup', resolve); });
    await page.evaluate(script);
    return popup;
  }

  for (const [name, address] of Object.entries(WINDOWS)) {
    it(`in a window ${name}`, async () => {
      const page = await scene().open('not-payment.html');
      let popup;
      await scene().payment({
        open: async () => {
          popup = await opened(page, `{
            const form = ${JSON.stringify(FORM)};
            const address = ${address};
            const opened = window.open(address, 'pay', 'width=500,height=500');
            if (!address.startsWith('blob:')) opened.document.body.innerHTML = form;
          }`);
        },
        close: () => popup.close(), gone: () => page,
      });
    });
  }

  for (const name of ['of about:blank with a name', 'with its source in an attribute', 'of no origin']) {
    const script = FRAMES[name];
    it(`in a frame ${name} of a window without an address`, async () => {
      const page = await scene().open('not-payment.html');
      const popup = await opened(page, 'window.pay = window.open("", "pay", "width=500,height=500")');
      await scene().payment({
        open: () => page.evaluate(inserted(script, 'window.pay.document')),
        close: () => page.evaluate('window.pay.document.getElementById("pay").remove()'), gone: () => page,
      });
      await popup.close();
    });
  }
});
