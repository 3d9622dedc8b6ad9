// Tests what the content script detects in a changing page, and what it reports to the background.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byPerson, clock, ports, rects, settle, somethingHappenedTo } from '../support/browser.js';
import { most_sure, most_weak } from '../../../extension/content/groups.js';
import { most_forms } from '../../../extension/content/look.js';
import { most_asked } from '../../../extension/dom/shadow-roots.js';
import {
  banner, closed_ms, FORM, HELLO, insert, said, STATUS, tell, types, visit,
} from '../support/visit.js';

test('a page without a form has a port and nothing else', async () => {
  await visit('<p>nothing</p>');
  assert.equal(ports.length, 1);
  assert.deepEqual(types(), []);
  assert.equal(banner(), null);
});

test('a form that is there from the start is declared as one surface', async () => {
  await visit(FORM);
  assert.equal(said('surface.open').length, 1);
  const [{ surface, reason, banner: own }] = said('surface.open');
  assert.match(surface, /^[\w-]{8,64}$/);
  assert.equal(reason, 'autocomplete cc-number');
  assert.equal(own, true);
});

test('a form that is inserted is declared in the microtask of its mutation', async () => {
  await visit('');
  insert(FORM);
  assert.deepEqual(types(), []);
  await Promise.resolve();
  assert.deepEqual(types(), ['surface.open']);
});

test('two forms are two surfaces, with IDs of their own', async () => {
  await visit(FORM + FORM);
  const names = new Set(said('surface.open').map(({ surface }) => surface));
  assert.equal(names.size, 2);
});

test('a hidden form is declared when it is shown, and closed when it is hidden', async () => {
  await visit(FORM.replace('<form', '<form hidden'));
  assert.deepEqual(types(), []);
  const form = document.querySelector('form');
  await clock.move(100);
  form.hidden = false;
  await settle();
  assert.deepEqual(types(), ['surface.open']);
  form.hidden = true;
  await clock.move(closed_ms);
  assert.deepEqual(types(), ['surface.open', 'surface.close']);
  assert.equal(said('surface.close')[0].surface, said('surface.open')[0].surface);
  assert.equal(said('surface.close')[0].reason, 'hidden');
});

test('a form that a style sheet shows or hides is noticed by its size', async () => {
  await visit(FORM);
  const field = document.querySelector('input');
  const fields = [...document.querySelectorAll('input')];
  for (const one of fields) one.checkedAs = () => false;
  somethingHappenedTo(field);
  await clock.move(closed_ms);
  assert.deepEqual(types(), ['surface.open', 'surface.close']);
  for (const one of fields) delete one.checkedAs;
  somethingHappenedTo(field);
  await clock.move(20);
  assert.deepEqual(types(), ['surface.open', 'surface.close', 'surface.open']);
});

test('a field that becomes a card field later is detected', async () => {
  await visit('<input id="field">');
  document.querySelector('input').setAttribute('autocomplete', 'cc-number');
  await clock.move(20);
  assert.deepEqual(types(), ['surface.open']);
});

const NAMES_OF_THE_BROWSER = ['parentElement', 'parentNode', 'matches', 'nodeType', 'nodeName', 'localName',
  'querySelectorAll', 'assignedSlot', 'getRootNode', 'getBoundingClientRect', 'contains', 'isConnected'];

for (const name of NAMES_OF_THE_BROWSER) {
  test(`a form with a field called ${name} is declared, reported as active, and closed`, async () => {
    await visit('');
    const number = '<label for="n">Card number</label><input id="n">';
    const form = `<form><input name="${name}">${number}<input id="e" name="expiry"></form>`;
    document.body.innerHTML = form;
    await clock.move(20);
    assert.deepEqual(types(), ['surface.open']);
    byPerson(document.querySelector('#n'), new Event('input', { bubbles: true }));
    assert.deepEqual(types(), ['surface.open', 'surface.active']);
    document.querySelector('form').hidden = true;
    await clock.move(closed_ms);
    assert.deepEqual(types(), ['surface.open', 'surface.active', 'surface.close']);
  });
}

test('a form that is removed is closed', async () => {
  await visit(FORM);
  document.querySelector('form').remove();
  await clock.move(closed_ms);
  assert.deepEqual(types(), ['surface.open', 'surface.close']);
  assert.equal(said('surface.close')[0].reason, 'removed');
});

test('a form that is drawn again keeps its surface', async () => {
  await visit(FORM);
  const holder = document.body;
  holder.innerHTML = FORM;
  await clock.move(1000);
  holder.innerHTML = '';
  await clock.move(200);
  holder.innerHTML = FORM;
  await clock.move(1000);
  assert.deepEqual(types(), ['surface.open']);
});

const WEAK = {
  'fields in no form': '<input name="expiry_1">'.repeat(70),
  'forms with one field': '<form><input name="cid_1"></form>'.repeat(70),
  'hidden forms with two fields': '<form hidden><input name="cid"><input name="expiry"></form>'.repeat(70),
};

for (const [what, html] of Object.entries(WEAK)) {
  for (const form of [FORM, '<input autocomplete="cc-number"><input autocomplete="cc-csc">']) {
    const where = form === FORM ? 'in a form' : 'outside forms';
    test(`any number of ${what} does not keep out sure evidence ${where}`, async () => {
      await visit(html);
      insert(form);
      await clock.move(20);
      assert.equal(said('surface.open').length, 1);
    });
  }
}

test('many weak fields of one kind do not keep out other kinds, nor do many other forms', async () => {
  await visit(WEAK['fields in no form']);
  insert('<input aria-label="Security code">');
  await clock.move(20);
  assert.deepEqual(types(), ['surface.open']);
  await visit(WEAK['forms with one field']);
  insert('<form><input aria-label="Security code"><input name="expiry"></form>');
  await clock.move(20);
  assert.deepEqual(types(), ['surface.open']);
});

for (const [what, most, crowd, form] of /** @type {const} */ ([
  ['hidden card fields', most_sure, '<input autocomplete="cc-number" hidden>',
    '<input autocomplete="cc-number">'],
  ['hidden forms', most_sure, '<form hidden><input autocomplete="cc-number"></form>', FORM],
  ['weak hidden fields', most_weak, '<input aria-label="Card number" hidden>',
    '<input aria-label="Card number"><input name="expiry">'],
])) {
  for (const start of ['visible', 'hidden']) {
    test(`any number of ${what} does not keep out a form that is ${start} at first`, async () => {
      await visit(crowd.repeat(most + 1));
      const holder = document.createElement('div');
      holder.hidden = start === 'hidden';
      holder.innerHTML = form;
      document.body.append(holder);
      await clock.move(20);
      if (start === 'hidden') {
        assert.deepEqual(types(), []);
        holder.hidden = false;
        await clock.move(20);
      }
      assert.equal(said('surface.open').length, 1);
      document.body.removeChild(holder);
      await clock.move(closed_ms);
      assert.equal(said('surface.close').length, 1, 'and it closes when it has gone');
    });
  }
}

test('card fields in front of which something is do not keep out one that a person can use', async () => {
  await visit('<p style="background-color: rgb(255, 255, 255); opacity: 1"></p>');
  rects.set(document.querySelector('p'), { left: 0, top: 0, width: 800, height: 200, inFront: true });
  insert('<input autocomplete="cc-number">'.repeat(most_sure));
  await clock.move(20);
  assert.deepEqual(types(), []);
  rects.set(insert('<input autocomplete="cc-number">').firstElementChild,
    { left: 100, top: 300, width: 200, height: 20 });
  await clock.move(20);
  assert.equal(said('surface.open').length, 1);
});

test('visible fields of one kind far away do not keep out a form of weak evidence', async () => {
  await visit('<input aria-label="Card number">'.repeat(most_weak));
  const far = { left: 100, top: 9000, width: 200, height: 20 };
  rects.set(insert('<input name="expiry">').firstElementChild, far);
  await clock.move(20);
  assert.deepEqual(types(), [], 'too far apart');
  rects.set(insert('<input aria-label="Card number">').firstElementChild, far);
  await clock.move(20);
  assert.deepEqual(types(), ['surface.open']);
});

test('no more than a limit of forms are open at once', async () => {
  await visit('');
  insert('<form><input autocomplete="cc-number"></form>'.repeat(most_forms + 1));
  await clock.move(20);
  assert.equal(said('surface.open').length, most_forms);
});

for (const mode of ['open', 'closed']) {
  test(`fields in ${mode} shadow roots, each in a root of its own, are one form`, async () => {
    await visit('');
    const form = document.createElement('form');
    for (const name of ['Card number', 'Expiry date']) {
      const host = document.createElement('card-field');
      host.attachShadow({ mode }).innerHTML = `<input aria-label="${name}">`;
      form.append(host);
    }
    document.body.append(form);
    await clock.move(20);
    assert.equal(said('surface.open').length, 1);
    assert.equal(said('surface.open')[0].reason, 'card number and expiry');
  });

  test(`an ${mode} root that is attached late is found by the size of its host`, async () => {
    await visit('<card-form></card-form>');
    const host = document.querySelector('card-form');
    host.attachShadow({ mode }).innerHTML = FORM;
    await clock.move(1000);
    assert.deepEqual(types(), []);
    somethingHappenedTo(host);
    await clock.move(20);
    assert.deepEqual(types(), ['surface.open']);
  });
}

test('fields in shadow roots belong to the form around their hosts', async () => {
  await visit('');
  for (let forms = 0; forms < 2; forms += 1) {
    const host = document.createElement('card-field');
    host.attachShadow({ mode: 'closed' }).innerHTML = '<input autocomplete="cc-number">';
    insert('<form></form>').firstElementChild.append(host);
  }
  await clock.move(20);
  assert.equal(said('surface.open').length, 2);
});

for (const children of ['', '<p></p>']) {
  test(`a root on a plain element is found when it gets the focus, next to '${children}'`, async () => {
    await visit(`<div>${children}</div>`);
    const host = document.querySelector('div');
    host.attachShadow({ mode: 'closed' }).innerHTML = FORM;
    host.dispatchEvent(new Event('focusin', { bubbles: true }));
    await clock.move(20);
    assert.deepEqual(types(), ['surface.open']);
  });
}

test('a card frame of a provider is a surface', async () => {
  await visit('');
  insert('<iframe src="about:blank" data-src></iframe>');
  await settle();
  assert.deepEqual(said('surface.open'), []);
  for (const [name, source] of [['iframe', 'src'], ['object', 'data'], ['embed', 'src']]) {
    const frame = document.createElement(name);
    insert('').append(frame);
    frame.setAttribute(source, 'https://js.stripe.com/v3/elements-inner-card.html');
    await clock.move(20);
    assert.equal(said('surface.open').at(-1).reason, 'card frame of js.stripe.com');
    frame.remove();
    await clock.move(closed_ms);
    assert.equal(said('surface.close').length, said('surface.open').length, name);
  }
  assert.equal(said('surface.open').length, 3);
});

test('frames that load are reported in batches', async () => {
  await visit('<iframe></iframe>');
  tell(HELLO);
  await clock.move(1000);
  ports.at(-1).sent.length = 0;
  for (let times = 0; times < 20; times += 1) {
    document.querySelector('iframe').dispatchEvent(new Event('load'));
  }
  assert.deepEqual(types(), ['frames']);
  await clock.move(2000);
  assert.deepEqual(types(), ['frames', 'frames']);
});

describe('the frames of a page', () => {
  const OWN = 'https://crm.example.com';
  const PAY = 'https://pay.example.com:444';
  const load = (frame) => frame.dispatchEvent(new Event('load'));
  const last = () => said('frames').at(-1);

  test('are reported with their origins, and nothing else of them', async () => {
    await visit(`<iframe></iframe><iframe src="${PAY.replace('//', '//me:pw@')}/card?secret=1"></iframe>
      <iframe src="/own"></iframe><iframe src="https://hidden.example" hidden></iframe>
      <iframe srcdoc="x" src="https://ignored.example"></iframe>`);
    tell(HELLO);
    load(document.querySelector('iframe'));
    await clock.move(600);
    const { origins, drawn } = last();
    assert.deepEqual(origins, [OWN, PAY, OWN, 'https://hidden.example', OWN]);
    assert.deepEqual(drawn, [PAY]);
  });

  test('are reported if they are objects or embedded, but not pictures and PDF documents', async () => {
    await visit(`<object data="${PAY}/card"></object><embed src="https://other.example/x.pdf.html">
      <object data="${PAY}/a.png?x=1"></object><embed src="${PAY}/b.PDF#page=2"><object></object>
      <object data="${PAY}/c" type="application/pdf"></object><embed src="${PAY}/d" type="image/svg+xml">`);
    tell(HELLO);
    load(document.querySelector('object'));
    await clock.move(600);
    assert.deepEqual(last().drawn, [PAY, 'https://other.example']);
    assert.deepEqual(last().origins, [PAY, 'https://other.example']);
    document.querySelector('object').data = '/own';
    await clock.move(2100);
    assert.deepEqual(last().drawn, ['https://other.example']);
  });

  test('are reported from closed shadow roots', async () => {
    await visit('');
    tell(HELLO);
    const host = document.createElement('x-pay');
    const root = host.attachShadow({ mode: 'closed' });
    root.innerHTML = `<iframe src="${PAY}"></iframe>`;
    document.body.append(host);
    await clock.move(100);
    load(root.firstChild);
    await clock.move(600);
    assert.deepEqual(last().drawn, [PAY]);
  });

  test('are reported when one leads elsewhere later, is hidden or has gone, without an event', async () => {
    await visit('<iframe></iframe>');
    tell(HELLO);
    const frame = document.querySelector('iframe');
    load(frame);
    await clock.move(600);
    assert.deepEqual(last().drawn, []);
    frame.src = PAY;
    await clock.move(2100);
    assert.deepEqual(last().drawn, [PAY]);
    frame.hidden = true;
    await clock.move(2100);
    assert.deepEqual(last(), { type: 'frames', origins: [PAY], drawn: [] });
    frame.remove();
    await clock.move(2100);
    assert.deepEqual(last(), { type: 'frames', origins: [], drawn: [] });
    const { length } = said('frames');
    await clock.move(10_000);
    assert.equal(said('frames').length, length, 'nothing has changed');
  });

  test('are reported to a new background', async () => {
    await visit(`<iframe src="${PAY}"></iframe>`);
    tell(HELLO);
    load(document.querySelector('iframe'));
    await clock.move(600);
    ports.at(-1).fall();
    await clock.move(1000);
    assert.deepEqual(last().drawn, [PAY]);
  });
});

test('typing in a payment form is reported at intervals; the first in a card field at once', async () => {
  const form = FORM.replace('<form id="pay">', '<form id="pay"><input id="name">');
  await visit(`${form}<input id="other">`);
  const type = (selector) => {
    for (const name of ['keydown', 'input']) {
      byPerson(document.querySelector(selector), new Event(name, { bubbles: true, composed: true }));
    }
  };
  document.querySelector('#name').dispatchEvent(new Event('input', { bubbles: true }));
  assert.deepEqual(said('surface.active'), [], 'an event of a script does not count');
  type('#other');
  assert.deepEqual(said('surface.active'), []);
  type('#name');
  type('#name');
  const [{ surface }] = said('surface.open');
  const inForm = { type: 'surface.active', surface };
  assert.deepEqual(said('surface.active'), [inForm]);
  tell(STATUS);
  type('[autocomplete=cc-csc]');
  type('[autocomplete=cc-number]');
  const [, { ms_ago, ...inCardField }] = said('surface.active');
  assert.deepEqual(inCardField, { ...inForm, card: true });
  assert.ok(ms_ago >= 0);
  await clock.move(4999);
  type('[autocomplete=cc-csc]');
  assert.equal(said('surface.active').length, 2);
  await clock.move(1);
  type('[autocomplete=cc-csc]');
  assert.deepEqual(said('surface.active')[2], inForm);
});

test('a form in a closed shadow root is seen, also if its plain host has other content', async () => {
  await visit('');
  const host = document.createElement('section');
  host.append('slotted');
  host.attachShadow({ mode: 'closed' }).innerHTML = `${FORM}<slot></slot>`;
  document.body.append(host);
  await settle();
  assert.equal(said('surface.open').length, 1);
});

test('of many plain elements with content that are added, some are asked for a closed root', async () => {
  await visit('');
  await clock.move(100);
  let asked = 0;
  const { openOrClosedShadowRoot } = chrome.dom;
  chrome.dom.openOrClosedShadowRoot = () => { asked += 1; return null; };
  try {
    insert('<div>x</div>'.repeat(2 * most_asked));
    await settle();
    assert.equal(asked, most_asked);
    await clock.move(100);
    insert('<div>x</div>');
    await settle();
    assert.equal(asked, most_asked + 2, 'it and what is around it');
  } finally {
    chrome.dom.openOrClosedShadowRoot = openOrClosedShadowRoot;
  }
});
