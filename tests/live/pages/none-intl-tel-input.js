import intlTelInput from 'intl-tel-input';
import 'intl-tel-input/styles';
import { show } from '../with/html.js';

export default show(`<form><label>Name <input name="name"></label><label>Phone number
  <input id="phone" type="tel">
  </label><label>Verification code <input name="code" inputmode="numeric"></label></form>`,
() => intlTelInput(document.getElementById('phone'), { initialCountry: 'il' }));
