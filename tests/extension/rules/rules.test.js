// Tests the administrator's rules in a page: what opens a surface that the detector would not find, and what
// closes such a surface.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, settle, somethingHappenedTo } from '../support/browser.js';
import { bringRules, greeting, look_ms, openNow, reports, visitWithRules } from '../support/rules-visit.js';
import { closed_ms, FORM, insert, said, tell, visit } from '../support/visit.js';

const DIALOG = '<div id="pay">Card details</div>';
const OPEN = { open: [{ selector: '#pay' }] };

test('a rule opens a surface that the detector does not find, with the rule\'s name', async () => {
  await visitWithRules(DIALOG, [OPEN]);
  await clock.move(look_ms);
  assert.deepEqual(openNow(), ['rule "Pay dialog"']);
  document.querySelector('#pay').remove();
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close')[0].reason, 'gone, rule "Pay dialog"');
});

test('without rules nothing is opened and nothing is reported', async () => {
  await visit(DIALOG);
  tell(greeting([]));
  await clock.move(look_ms);
  assert.deepEqual(openNow(), []);
  assert.deepEqual(said('rule'), []);
});

test('rules.js works even if it is injected before the rules arrive', async () => {
  await visit(DIALOG);
  await bringRules();
  tell(greeting([OPEN]));
  await clock.move(look_ms);
  assert.deepEqual(openNow(), ['rule "Pay dialog"']);
});

test('an element that any attribute shows or hides later is noticed', async () => {
  const isOpen = { open: [{ selector: '[data-state=open]' }] };
  await visitWithRules('<div id="pay" data-state="closed">x</div>', [isOpen]);
  await clock.move(look_ms);
  assert.deepEqual(openNow(), []);
  document.querySelector('#pay').dataset.state = 'open';
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
  document.querySelector('#pay').hidden = true;
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), []);
});

for (const mode of ['open', 'closed']) {
  test(`an element in ${mode} shadow roots is found, whether they are there before or later`, async () => {
    await visit('<x-early></x-early>');
    const into = (host) => {
      const root = host.attachShadow({ mode });
      root.innerHTML = DIALOG;
      somethingHappenedTo(host);
    };
    into(document.querySelector('x-early'));
    tell(greeting([OPEN]));
    await bringRules();
    await clock.move(look_ms);
    assert.equal(openNow().length, 1);
    document.querySelector('x-early').remove();
    await clock.move(look_ms + closed_ms);
    assert.deepEqual(openNow(), []);
    const late = document.createElement('x-late');
    into(late);
    document.body.append(late);
    await clock.move(look_ms);
    assert.equal(openNow().length, 1);
  });
}

test('a list holds if any of its conditions holds, a condition if all its parts hold', async () => {
  const both = { selector: '#pay', text: 'card details' };
  for (const [open, count] of [
    [[{ selector: '#none' }, both], 1],
    [[{ ...both, text: 'bank details' }], 0],
    [[{ ...both, url: 'https://crm.example.com/order' }], 1],
    [[{ ...both, url: 'https://crm.example.com/other' }], 0],
    [[{ url: 'https://crm.example.com/o*' }], 1],
  ]) {
    await visitWithRules(DIALOG, [{ open }]);
    await clock.move(look_ms);
    assert.equal(openNow().length, count, JSON.stringify(open));
  }
});

const TEXTS = {
  'any case and spacing': ['<div id="pay">CARD\n   <b>De</b>tails</div>', true],
  'cells side by side': ['<table id="pay"><tr><td>card</td><td>details</td></tr></table>', true],
  'hidden words': ['<div id="pay">x<p hidden>card details</p></div>', false],
  'a script': ['<div id="pay">x<script>"card details"</script></div>', false],
  'what was typed into a text area': ['<div id="pay">x<textarea>card details</textarea></div>', false],
  'what was typed into editable text': ['<div id="pay">x<p contenteditable>card details</p></div>', false],
  'an element inside an editable one': ['<p role="textbox"><b id="pay">card details</b></p>', false],
  'words beyond the limit': [`<div id="pay">${'x'.repeat(2000)} card details</div>`, false],
};

for (const [name, [html, seen]] of Object.entries(TEXTS)) {
  test(`text: ${name} ${seen ? 'is' : 'is not'} read`, async () => {
    await visitWithRules(html, [{ open: [{ selector: '#pay', text: 'Card  details' }] }]);
    await clock.move(look_ms);
    assert.equal(openNow().length, seen ? 1 : 0);
  });
}

test('a text that changes is noticed', async () => {
  await visitWithRules('<div id="pay">wait</div>', [{ open: [{ selector: '#pay', text: 'card' }] }]);
  await clock.move(look_ms);
  document.querySelector('#pay').firstChild.data = 'Card number';
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('a rule with "close" stays open until that holds, although its "open" no longer holds', async () => {
  await visitWithRules(DIALOG, [{ ...OPEN, close: [{ selector: '.done' }] }]);
  await clock.move(look_ms);
  document.querySelector('#pay').remove();
  await clock.move(look_ms + closed_ms);
  assert.equal(openNow().length, 1);
  const done = insert('<p class="done">Done</p>');
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), []);
  done.remove();
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), [], 'nothing is left to open it');
});

test('a new route in an unchanged document is noticed after a click, and by its event', async () => {
  const routed = { match: ['https://crm.example.com/pay*'], open: [{ selector: 'b' }] };
  const page = await visitWithRules('<b>x</b>', [routed]);
  await clock.move(look_ms);
  assert.deepEqual(openNow(), []);
  page.history.pushState(null, '', '/pay/7');
  await clock.move(look_ms);
  assert.deepEqual(openNow(), [], 'no event has come yet');
  document.querySelector('b').dispatchEvent(new Event('click', { bubbles: true }));
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
  page.history.pushState(null, '', '/orders');
  page.dispatchEvent(new page.Event('popstate'));
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), []);
});

test('a rule whose selector the browser refuses is reported and left out, the others work', async () => {
  const broken = { name: 'Broken', open: [{ selector: '#pay' }], ignore: ['a:::b'] };
  await visitWithRules(DIALOG, [broken, { ...OPEN, name: 'Good' }]);
  await clock.move(look_ms);
  assert.deepEqual(openNow(), ['rule "Good"']);
  assert.deepEqual(reports().filter(([event]) => event === 'invalid'), [['invalid', 'Broken']]);
});

test('the rest between two looks limits how often a busy page is examined', async () => {
  await visitWithRules(DIALOG, [OPEN]);
  await clock.move(look_ms);
  let asked = 0;
  document.querySelector('#pay').checkedAs = () => {
    asked += 1;
    return true;
  };
  for (let turn = 0; turn < 100; turn += 1) {
    document.body.dataset.turn = String(turn);
    await clock.move(1);
  }
  assert.ok(asked >= 1 && asked <= 4, `${asked} looks in 100 ms`);
});

test('while no rule is in force, changes of the page are not observed', async () => {
  const page = await visitWithRules(DIALOG, [{ ...OPEN, match: ['https://crm.example.com/pay*'] }]);
  await clock.move(look_ms);
  const find = page.Document.prototype.querySelectorAll;
  let asked = 0;
  page.Document.prototype.querySelectorAll = function counted(selector) {
    if (selector === '#pay') asked += 1;
    return find.call(this, selector);
  };
  document.body.dataset.turn = '1';
  await clock.move(look_ms);
  await settle();
  assert.equal(asked, 0);
  page.history.pushState(null, '', '/pay');
  document.body.append('x');
  await clock.move(look_ms);
  assert.equal(asked, 1);
  assert.equal(openNow().length, 1);
});

test('both surfaces are open if the detector finds a form and a rule holds too', async () => {
  await visitWithRules(FORM + DIALOG, [OPEN]);
  await clock.move(look_ms);
  assert.deepEqual(openNow().sort(), ['autocomplete cc-number', 'rule "Pay dialog"']);
});
