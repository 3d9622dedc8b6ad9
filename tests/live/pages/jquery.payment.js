import '../with/jquery.js';
import 'jquery.payment';
import { show } from '../with/html.js';

export default show(`<form novalidate autocomplete="on">
  <div class="form-group"><label for="cc-number" class="control-label">Card number formatting</label>
  <input id="cc-number" type="tel" class="form-control cc-number" required
    placeholder="•••• •••• •••• ••••"></div>
  <div class="form-group"><label for="cc-exp" class="control-label">Card expiry formatting</label>
  <input id="cc-exp" type="tel" class="form-control cc-exp" placeholder="•• / ••" required></div>
  <div class="form-group"><label for="cc-cvc" class="control-label">Card CVC formatting</label>
  <input id="cc-cvc" type="tel" class="form-control cc-cvc" placeholder="•••" required></div></form>`,
() => {
  const { $ } = globalThis;
  $('.cc-number').payment('formatCardNumber');
  $('.cc-exp').payment('formatCardExpiry');
  $('.cc-cvc').payment('formatCardCVC');
});
