// Tests what is a payment form and what is not: extension/detect/evidence.js, fields.js and labels.js, and
// extension/common/card-frames.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../support/browser.js';

openPage('');
const { FIELD_SELECTOR } = await import('../../../extension/content/field-selector.js');
const { evidenceOf } = await import('../../../extension/detect/evidence.js');
const { judge } = await import('../../../extension/detect/judge.js');

/** @param {string} html @returns {string | null} */
function verdict(html) {
  openPage(html);
  return judge([...document.querySelectorAll(FIELD_SELECTOR)].map((it) => evidenceOf(it)).filter(Boolean));
}

const PAYMENT = {
  'a declared number': '<input autocomplete="cc-number">',
  'a declared code among other tokens': '<input autocomplete="section-a billing CC-CSC webauthn">',
  'declared months and years': '<select autocomplete="cc-exp-month"></select>',
  'an unambiguous name': '<input name="cardNumber">',
  'an unambiguous id with a prefix': '<input id="ctl00_txtCreditCardNumber">',
  'a security code by name': '<input name="cc_cvv2">',
  'a masked code': '<input type="password" name="cvc">',
  'labels': '<label>Card number<input id="x"></label><label for="y">Expiration date</label><input id="y">',
  'labels that stand apart': '<div><b id="n">Card no.</b><input aria-labelledby="n"></div>'
    + '<input placeholder="MM/YY">',
  'placeholders': '<input placeholder="1234 5678 9012 3456"><input placeholder="MM / YY">',
  'ARIA': '<input aria-label="Card number"><input aria-label="Name on card">',
  'a code and a date': '<input aria-label="Security code"><select name="expMonth"></select>',
  'Hebrew': '<label>מספר כרטיס<input></label><label>תוקף<input></label>',
  'Hebrew with a prefix': '<input placeholder="מספר הכרטיס"><input aria-label="3 הספרות בגב הכרטיס">'
    + '<input placeholder="במספר כרטיס אשראי">',
  'Hebrew letters that only look like an ID\'s': '<label>תזכורת: מספר כרטיס<input></label>'
    + '<label>תוקף<input></label>',
  'the page\'s own word': '<div data-cardmute="payment"></div>',
  'a declared number, whatever the page says around it':
    '<div data-cardmute="none"><input autocomplete="cc-number"></div>',
  'a known card frame, whatever the page says around it': '<div data-cardmute="none"><iframe '
    + 'src="https://checkout.stripe.com/c/1"></iframe></div>',
  'a frame whose title says it': '<iframe title="Secure card number frame"></iframe>',
  'what a framework binds to': '<input formcontrolname="cardNumber">',
  'a legend for all fields': '<fieldset><legend>Credit card</legend><label>Number<input></label>'
    + '<label>Expires<input></label></fieldset>',
  'one box for all': '<label>Credit card details (number, expiry, code)<textarea></textarea></label>',
  'the head of a column': '<table><tr><th>Guest<th>Card number<th>Valid until'
    + '<tr><td><input><td><input><td><input></table>',
  'labels of hosts': '<card-field label="Card number"><b><input></b></card-field><input name="expiry">',
  'a provider\'s card frame': '<iframe src="https://js.stripe.com/v3/elements-inner-card-1.html#a"></iframe>',
};

const NEARBY = {
  'the text in the cell before': '<table><tr><td>Card number</td><td><input></td></tr>'
    + '<tr><td>Valid until</td><td><input></td></tr></table>',
  'a number in four parts': '<div>Card number <input maxlength="4"> <input maxlength="4">'
    + '<input maxlength="4"><input maxlength="4"></div><div>Valid until <input></div>',
  'choices of a month and a year': `<p>Card number <input></p><select>${
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => `<option>${month}</option>`).join('')}</select>`,
  'text boxes of ARIA': '<div role="textbox" aria-label="Card number"></div>'
    + '<div contenteditable aria-label="Expiry date"></div>',
  'a holder, a date and some number': '<label>Number<input></label><label>Name on card<input></label>'
    + '<label>Valid until<input></label>',
};

for (const [name, html] of Object.entries(NEARBY)) {
  test(`payment, by what is next to a field: ${name}`, () => assert.notEqual(verdict(html), null));
}

const NOTHING = {
  'a log-in to a bank with the number of a card': '<input name="cardNumber">'
    + '<input type="password" name="pin">',
  'a card and a day of birth': '<label>Card<input></label><label>Month<input></label>'
    + '<label>Year<input></label>',
  'a number and a date': '<label>Number<input></label><label>Valid until<input></label>',
  'words before another field': '<p>Card number <input name="a" type="range"><input></p>'
    + '<label>Valid until<input></label>',
  'a name alone': '<input autocomplete="cc-name">',
  'a holder and a type': '<input autocomplete="cc-name"><select autocomplete="cc-type"></select>',
  'a number without anything else': '<label>Card<input></label>',
  'a date without anything else': '<input name="expiry"><input name="exp_year">',
  'a loyalty card': '<input name="loyaltyCardNumber"><input name="expiry">',
  'a gift card': '<label>Gift card number<input name="cardNumber"></label><input name="expires">',
  'an ID card': '<label>ID card number<input name="number"></label><input name="expiry">',
  'an ID card in Hebrew': '<label>מספר כרטיס תעודת זהות<input></label><label>תוקף<input></label>',
  'an ID number in Hebrew': '<label>מספר כרטיס או ת"ז<input></label><label>תוקף<input></label>',
  'to discard': '<input name="discardNumber"><input name="expiry">',
  'a search for cards': '<form role="search"><input name="cardNumber"></form>',
  'a search box': '<input type="search" name="cardNumber">',
  'a code from a text message': '<input autocomplete="one-time-code" placeholder="SMS security code">',
  'fields that nobody can type into': '<input name="cardNumber" readonly><input name="cvv" disabled>',
  'what the page excludes': '<div data-cardmute="none"><input name="cardNumber">'
    + '<iframe title="Card number"></iframe></div>',
  'another card by its heading': '<h3>Bonus points</h3><input name="cardNumber"><input name="expiry">',
  'another card by a word that is not known': '<label>Zubri card number<input></label><input name="expiry">',
  'a sentence about cards': '<p>Please never write a card number or CVV here.</p><input name="note">',
  'a copy of a message': '<label>Cc<input name="cc"></label><label>Expires<input></label>',
  'the last digits': '<label>Last 4 digits of the card<input></label><input name="expiry">',
  'a hidden input': '<input type="hidden" autocomplete="cc-number">',
  'a choice of how to pay': '<select name="credit_card"></select><input type="radio" name="creditCard">',
  'a word that is none': '<input name="constructor" autocomplete="constructor">',
  'name and id that only together say it': '<input name="card" id="number7">',
  'a provider\'s other frame': '<iframe src="https://js.stripe.com/v3/controller.html"></iframe>',
  'a provider\'s script': '<script src="https://js.stripe.com/v3/elements-inner-card.js"></script>',
};

for (const [name, html] of Object.entries(PAYMENT)) {
  test(`payment: ${name}`, () => assert.notEqual(verdict(html), null));
}

for (const [name, html] of Object.entries(NOTHING)) {
  test(`no payment: ${name}`, () => assert.equal(verdict(html), null));
}

test('the reason contains no free text of the page', () => {
  assert.equal(verdict('<input autocomplete="shipping cc-number" name="secret">'), 'autocomplete cc-number');
  assert.equal(verdict('<input placeholder="Card 17"><input placeholder="MM/YY">'), 'card card and expiry');
  assert.equal(verdict('<input name="cvv">'), 'named as card csc');
  assert.equal(verdict('<iframe src="https://pay.hyp.co.il/p/?x=1">'), 'card frame of pay.hyp.co.il');
});

test('a label is read without the contents of its controls', () => {
  assert.equal(verdict('<label>Size <select name="s"><option>Card number</select></label>'
    + '<label>Note <span contenteditable>card number</span><input></label><input name="expiry">'), null);
});

test('a label that is or is in an editable element is not read', () => {
  const date = '<input name="expiry">';
  const typed = ['contenteditable', 'contenteditable="plaintext-only"', 'role="textbox"'];
  for (const how of typed) {
    const fields = `<input aria-labelledby="n">${date}`;
    assert.equal(verdict(`<div ${how} id="n">Card number</div>${fields}`), null, how);
    assert.equal(verdict(`<div ${how}><b id="n">Card number</b></div>${fields}`), null, how);
    assert.equal(verdict(`<div ${how}><label for="y">Card number</label></div><input id="y">${date}`), null);
    assert.equal(verdict(`<div ${how}><label>Card number<input></label></div>${date}`), null);
  }
  const fixed = `<div contenteditable="false"><label>Card number<input></label></div>${date}`;
  assert.notEqual(verdict(fixed), null);
});
