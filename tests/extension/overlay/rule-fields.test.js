// Tests elements that an administrator's rule names: which fields in them wait for the mute, and in which
// fields typing counts as the first key in a card field.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock, insideOf, openPage } from '../support/browser.js';
import { greeting, look_ms, visitWithRules } from '../support/rules-visit.js';
import { banner, said, STATUS, tell } from '../support/visit.js';
import { fieldsOf } from '../../../extension/overlay/fields-of.js';

const fields = () => [...document.querySelectorAll('input')];
const covers = () => [...insideOf(banner()).querySelectorAll('.cover')];
const fieldsIn = (shown) => fieldsOf([{ owner: shown[0], fields: new Map(), shown, coveredAt: null }]);

test('in an element that a rule names, the fields wait, but not the button that closes it', () => {
  openPage('<dialog><input><input type="checkbox"><iframe></iframe><button>x</button>'
    + '<object data="card"></object><object data="logo.png"></object></dialog><p>b</p>');
  const found = fieldsIn([...document.body.children]);
  assert.deepEqual(found.map(({ localName }) => localName), ['input', 'iframe', 'object']);
});

/**
 * Adds a custom element. Its shadow root contains another custom element, whose closed shadow root has the
 * contents `inside`. Returns the closed root.
 */
function addComponent(inside) {
  const box = document.createElement('x-pay');
  const root = box.attachShadow({ mode: 'open' });
  root.innerHTML = '<p><x-field></x-field></p><slot></slot>';
  root.querySelector('x-field').attachShadow({ mode: 'closed' }).innerHTML = inside;
  document.body.append(box);
  return insideOf(root.querySelector('x-field'));
}

for (const [name, selector] of [['component', 'x-pay'], ['part around it', 'body']]) {
  test(`if a rule names a ${name}, the fields in its open and closed shadow roots wait`, async () => {
    const rules = [{ open: [{ selector }] }];
    await visitWithRules('', rules);
    tell({ ...greeting(rules), interlock: 'block' });
    const inner = addComponent('<input><button>x</button>').querySelector('input');
    await clock.move(look_ms);
    assert.equal(inner.hasAttribute('data-cardmute-held'), true);
    assert.equal(covers().length, 1);
    tell({ ...STATUS, interlock: 'block' });
    assert.equal(inner.hasAttribute('inert'), false);
    assert.equal(covers().length, 0);
  });
}

test('if a rule names a part of a component, the fields that the page puts into it wait', () => {
  openPage('<x-dialog><p><input></p></x-dialog>');
  const root = document.querySelector('x-dialog').attachShadow({ mode: 'open' });
  root.innerHTML = '<section><slot></slot></section>';
  assert.deepEqual(fieldsIn([root.querySelector('section')]), fields());
});

test('in a page with very many elements only some are searched for shadow roots', () => {
  openPage('<b></b>'.repeat(2000));
  addComponent('<input>');
  assert.equal(fieldsIn([document.body]).length, 0);
  document.querySelectorAll('b').forEach((element) => element.remove());
  assert.equal(fieldsIn([document.body]).length, 1);
});

const said_as = { bubbles: true, composed: true };
/** Dispatches the event that the document gets when a person types a character into the element. */
const key = (element) => byPerson(element, new Event('input', said_as));
/** Dispatches the event of a key that types nothing, such as Tab. */
const tab = (element) => byPerson(element, new Event('keydown', said_as));
/** Dispatches an input event as a script of the page does. */
const script = (element) => element.dispatchEvent(new Event('input', said_as));
const cardKeys = () => said('surface.active').filter(({ card }) => card === true).length;

for (const [name, html, inField] of [
  ['a field', '<div id="pay"><button>x</button><input></div>', () => document.querySelector('#pay input')],
  ['a field of a component', '<div id="pay"><button>x</button></div>', () => addComponent('<input>')
    .querySelector('input')],
]) {
  test(`the first key in ${name} of a rule's surface counts as one in a card field`, async () => {
    await visitWithRules(html, [{ open: [{ selector: '#pay' }, { selector: 'x-pay' }] }]);
    const field = inField();
    await clock.move(look_ms);
    key(document.querySelector('#pay button'));
    tab(field);
    script(field);
    assert.equal(cardKeys(), 0);
    key(field);
    assert.equal(cardKeys(), 1);
    key(field);
    assert.equal(cardKeys(), 1);
  });
}

test('with a rule that gives only an address, a key in any field counts as one in a card field', async () => {
  await visitWithRules('<b>x</b><input>', [{ open: [{ url: 'https://crm.example.com/o*' }] }]);
  await clock.move(look_ms);
  key(document.querySelector('b'));
  assert.equal(cardKeys(), 0);
  key(fields()[0]);
  assert.equal(cardKeys(), 1);
});
