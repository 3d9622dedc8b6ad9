// Imported first, because it contains the compiler.
import { show } from '../with/angular.js';
import { CreditCardDirectivesModule } from 'angular-cc-library';

export default show({ imports: [CreditCardDirectivesModule], template: `<form>
  <input id="cc-number" type="tel" autocomplete="cc-number" ccNumber>
  <input id="cc-exp-date" type="tel" autocomplete="cc-exp" ccExp>
  <input id="cc-cvc" type="tel" autocomplete="off" ccCVC></form>` });
