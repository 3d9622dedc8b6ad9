// Imported first, because it contains the compiler.
import { show } from '../with/angular.js';
import { FormsModule } from '@angular/forms';
import { InputMask } from 'primeng/inputmask';
import { FloatLabel } from 'primeng/floatlabel';

const field = ([id, label, mask]) => `<p-floatlabel>
  <p-inputmask inputId="${id}" mask="${mask}" [ngModel]="''" />
  <label for="${id}">${label}</label></p-floatlabel>`;

export default show({ imports: [FormsModule, InputMask, FloatLabel], template: [['a', 'Card Number',
  '9999 9999 9999 9999'], ['b', 'Expiry', '99/99'], ['c', 'CVV', '999']].map(field).join('') });
