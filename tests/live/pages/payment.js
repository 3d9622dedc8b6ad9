import Payment from 'payment';
import { show } from '../with/html.js';

export default show(`<form><fieldset><legend>Card</legend><label>Number <input class="ccnum"></label>
  <label>Expiry <input class="expiry"></label><label>CVC <input class="cvc"></label></fieldset></form>`,
(root) => {
  Payment.formatCardNumber(root.querySelector('.ccnum'));
  Payment.formatCardExpiry(root.querySelector('.expiry'));
  Payment.formatCardCVC(root.querySelector('.cvc'));
});
