import * as payform from 'payform';
import { show } from '../with/html.js';

export default show(`<form><input type="tel" class="form-control" placeholder="Card number" id="ccnum">
  <input type="tel" placeholder="MM / YY" id="expiry"><input type="tel" placeholder="CVC" id="cvc"></form>`,
() => {
  payform.cardNumberInput(document.getElementById('ccnum'));
  payform.expiryInput(document.getElementById('expiry'));
  payform.cvcInput(document.getElementById('cvc'));
});
