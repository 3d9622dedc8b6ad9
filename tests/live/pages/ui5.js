import '@ui5/webcomponents/dist/Input.js';
import '@ui5/webcomponents/dist/Label.js';
import { show } from '../with/html.js';

export default show(`<div><ui5-label for="a" show-colon>Card Number</ui5-label><ui5-input id="a"></ui5-input>
  <ui5-label for="b" show-colon>Valid To</ui5-label><ui5-input id="b"></ui5-input>
  <ui5-label for="c" show-colon>Security Code</ui5-label><ui5-input id="c"></ui5-input></div>`);
