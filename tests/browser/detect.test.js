// Tests which forms the detector finds in a real browser, in pages that do not change. Also tests
// scripts/detect, which runs the detector on saved pages.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDetector } from '../../scripts/detect-pages/detector.js';

const DETECT = fileURLToPath(new URL('../../scripts/detect', import.meta.url));
const FIELDS = '<label>Card number <input></label> <label>Valid until <input></label>';

/** A field with one of these names hides the form's property or method of that name. */
const NAMES = ['querySelector', 'querySelectorAll', 'parentElement', 'parentNode', 'closest', 'matches',
  'contains', 'getAttribute', 'getRootNode', 'nodeType', 'localName', 'assignedSlot', 'ownerDocument',
  'checkVisibility', 'getBoundingClientRect', 'isConnected'];
const HOSTILE = NAMES.map((name) => `<input name="${name}">`).join('');

/** @param {string} inner @param {string} mode */
const rooted = (inner, mode) => `<div><template shadowrootmode="${mode}">${inner}</template></div>`;

/** @param {string} style @param {string} [around] */
const styled = (style, around = 'div') => `<${around} style="${style}">${FIELDS}</${around}>`;

const SEEN = {
  'a form': FIELDS,
  'further down the page': styled('margin-top: 5000px'),
  'in an open details': `<details open>${FIELDS}</details>`,
  'in an open dialog': `<dialog open>${FIELDS}</dialog>`,
  'in a box that is scrolled':
    `<div style="height: 50px; overflow: auto">${styled('margin-top: 500px')}</div>`,
  'in closed roots in closed roots': rooted(rooted(FIELDS, 'closed'), 'closed'),
  'in cells beside their labels': '<table><tr><td>Card number<td><input><tr><td>Exp. date<td><input></table>',
  'in text boxes of ARIA': '<p role="textbox" aria-label="Card number">-</p>'
    + '<p contenteditable aria-label="Expiry date">-</p>',
  'with fields that are named like methods': `<form>${HOSTILE}<div><label for="n">Card number
    </label></div><input id="n"><span>Valid until</span><input></form>`,
  'transparent, under labels drawn as fields': ['Card number', 'Valid until'].map((label) =>
    `<div style="position: relative; height: 30px"><input style="opacity: 0" aria-label="${label}">
    <span style="position: absolute; left: 4px; pointer-events: none">${label}</span></div>`).join(''),
  'in a foreign object of SVG, behind a field in what is named like a part of a table':
    `<table><tr><td><svg><tr></tr><tr><td><foreignObject><input></foreignObject></td></tr></svg></table>
    <svg width="600" height="200"><foreignObject width="600" height="200">${FIELDS}</foreignObject></svg>`,
  'in a closed root behind elements of SVG and MathML with hyphens in their names':
    `<svg><font-face/></svg><math><semantics><annotation-xml></annotation-xml></semantics></math>
    ${rooted(FIELDS, 'closed')}`,
  'in an annotation of MathML': `<math display="block"><semantics><annotation-xml encoding="text/html"
    style="display: block">${FIELDS}</annotation-xml></semantics></math>`,
  'to the left of the window, of a page whose body alone is from right to left':
    `<!doctype html><body dir="rtl"><div style="width: 4000px; height: 9px"></div>
    ${styled('position: absolute; right: 3000px')}</body>`,
  'below a box that clips only to the right and left': styled('overflow-x: clip; height: 0'),
  'below something opaque in something half transparent':
    `${FIELDS}<div style="position: fixed; inset: 0; opacity: 0.5">
    <div style="background: #fff; height: 100%"></div></div>`,
  'after hundreds of hidden card fields':
    `${'<input autocomplete="cc-number" hidden>'.repeat(600)}<input autocomplete="cc-number">`,
  'in Hebrew': '<div dir="rtl"><p>מספר כרטיס <input></p><p>תוקף <input></p></div>',
  'in Arabic': '<div dir="rtl"><p>رقم البطاقة <input></p><p>تاريخ الانتهاء <input></p></div>',
};

const NOT_SEEN = {
  'display': styled('display: none'),
  'visibility': styled('visibility: hidden'),
  'opacity': styled('opacity: 0'),
  'size': '<style>input { width: 1px; height: 1px; padding: 0; border: 0 }</style>' + FIELDS,
  'clipping': styled('height: 0; overflow: hidden'),
  'a clip path': styled('clip-path: inset(50%)'),
  'a filter': styled('filter: opacity(0)'),
  'a mask': styled('mask-image: linear-gradient(transparent, transparent)'),
  'being turned away': styled('backface-visibility: hidden; transform: rotateY(180deg)'),
  'being beside a box that clips to the right and left': `<div style="overflow-x: clip; position: relative;
    width: 300px; height: 50px">${styled('position: absolute; left: 400px; width: 500px')}</div>`,
  'outside the page': styled('position: absolute; left: -9999px'),
  'hidden until found': `<div hidden="until-found">${FIELDS}</div>`,
  'a closed details': `<details>${FIELDS}</details>`,
  'a closed dialog': `<dialog>${FIELDS}</dialog>`,
  'a tab panel that is not chosen': `<div role="tabpanel" hidden>${FIELDS}</div>`,
  'content that is not drawn': styled('content-visibility: hidden'),
  'a log-in': '<label>User <input></label><label>Password <input type="password"></label>',
  'a gift card': '<label>Gift card number <input></label><label>Valid until <input></label>',
  'a one-time code': '<label>Security code from the SMS <input autocomplete="one-time-code"></label>',
};

for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
  describe(`the detector, ${name}`, () => {
    /** @type {import('../../scripts/detect-pages/detector.js').Detector} */
    let detector;
    before(async () => { detector = await openDetector(name, 1); });
    after(() => detector?.close());

    for (const [what, html] of Object.entries(SEEN)) {
      it(`finds a form: ${what}`, async () => assert.notEqual(await detector.lookAtText(html), null));
    }

    for (const [what, html] of Object.entries(NOT_SEEN)) {
      it(`finds no form: ${what}`, async () => assert.equal(await detector.lookAtText(html), null));
    }
  });
}

/** @param {...string} words @returns {Promise<{code: number, out: string, errors: string}>} */
const detect = (...words) => new Promise((resolve) => {
  execFile(DETECT, words, (error, out, errors) => resolve({ code: Number(error?.code ?? 0), out, errors }));
});

describe('scripts/detect', () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-detect-test-'));
    await writeFile(path.join(folder, 'form.html'), FIELDS);
    await writeFile(path.join(folder, 'hidden.html'), styled('display: none'));
    await writeFile(path.join(folder, 'missed.html'), '<p>pay by telephone</p>');
    await writeFile(path.join(folder, 'labels.tsv'), 'file\tlabel\tlanguage\ttags\n'
      + 'form.html\tpayment\ten\t-\nhidden.html\tpayment\ten\thidden-at-load\n'
      + 'missed.html\tpayment\the\tsynthetic\n');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('prints a line for each page, and hits and misses by language and tag', async () => {
    const { code, out } = await detect(folder, '--labels', path.join(folder, 'labels.tsv'));
    assert.equal(code, 0);
    assert.ok(out.includes(`${folder}/form.html\tpayment\tcard number and expiry\n`), out);
    assert.ok(out.includes(`${folder}/hidden.html\tnone\t\n`), out);
    assert.match(out, /^all +2 +1 +50\.0 % +1 +0$/m);
    assert.match(out, /^language he +1 +0 +0\.0 % +0 +0$/m);
    assert.ok(out.includes(`missed\t${folder}/missed.html`), out);
  });

  for (const browser of ['chromium', 'firefox']) {
    it(`--why says which words decided, and nothing that is typed, ${browser}`, async () => {
      const file = path.join(folder, 'why.html');
      const inner = '<input autocomplete=cc-number><label>Expiry <input></label>'.replaceAll('"', '&quot;');
      await writeFile(file, `<form id="fleet"><label>Fuel card number <input name="a" value="typed"></label>
        <label>Valid until <input name="b" value="typed"></label></form>
        <iframe srcdoc="${inner}"></iframe>
        <form><h2>Credit card</h2><label>Number <input name="c" value="typed"></label>
        <label>Code <textarea name="d">typed</textarea> <input name="e" disabled></label>
        <div><template shadowrootmode="closed"><label>CVV <input name="f"></label></template></div></form>`);
      const { code, out, errors } = await detect(file, '--why', '--browser', browser);
      assert.equal(code, 0, errors);
      assert.deepEqual(out.trimEnd().split('\n').slice(1).sort(), [
        '  form[id="fleet"]: no payment form: short of a card number or a security code',
        '    input[name="a"]: no card field (label "fuel card number" speaks against it)',
        '    input[name="b"]: expiry (label "valid until" says so)',
        '  form: payment form: named as card csc',
        '    input[name="c"]: number, among card fields (label "number" says so; heading "credit card" is'
          + ' about a card)',
        '    textarea[name="d"]: no card field (heading "credit card" is about a card; label "code" says so;'
          + ' a text area takes notes)',
        '    input[name="e"]: no card field (read-only or disabled)',
        '    input[name="f"]: csc, enough by itself (label "cvv" says so)',
        '  frame about:srcdoc',
        '  outside any form: payment form: autocomplete cc-number',
        '    input: number, enough by itself (autocomplete "cc-number" says so)',
        '    input: expiry (label "expiry" says so)',
      ].sort());
      assert.ok(!out.includes('typed'), out);
      await rm(file);
    });
  }

  it('says which page it could not read, and reads the others', async () => {
    await symlink('nowhere', path.join(folder, 'broken.html'));
    const { code, out, errors } = await detect(folder);
    assert.equal(code, 1);
    assert.match(errors, /not read: .*broken\.html: ENOENT/);
    assert.equal(out.split('\n').filter(Boolean).length, 3);
  });

  it('says what is wrong with its arguments, and with a configuration as the host does', async () => {
    assert.equal((await detect()).code, 64);
    assert.equal((await detect(folder, '--browser', 'lynx')).code, 64);
    const config = path.join(folder, 'config.json');
    await writeFile(config, '{ "voicenter": { "extension": "A1" }, "policy": { "interlock": 5 } } // wrong');
    const { code, errors } = await detect(folder, '--config', config);
    assert.equal(code, 1);
    assert.ok(errors.includes(`${config}: policy.interlock`), errors);
  });

  it('applies the rules of a configuration', async () => {
    const config = path.join(folder, 'config.json');
    const rules = [{ name: 'Telephone', match: 'http://*/*', open: { selector: 'p', text: 'telephone' } }];
    await writeFile(config, JSON.stringify({ voicenter: { extension: 'A1' }, policy: { rules } }));
    const { out } = await detect(path.join(folder, 'missed.html'), '--config', config);
    assert.ok(out.includes('missed.html\tpayment\trule "Telephone"'), out);
  });
});
