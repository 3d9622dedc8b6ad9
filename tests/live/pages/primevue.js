import PrimeVue from 'primevue/config';
import InputMask from 'primevue/inputmask';
import FloatLabel from 'primevue/floatlabel';
import { show } from '../with/vue.js';

const mask = (id, label, pattern) => `<FloatLabel><InputMask id="${id}" mask="${pattern}" />
  <label for="${id}">${label}</label></FloatLabel>`;

export default show({ components: { InputMask, FloatLabel }, template: `<div>
  ${mask('a', 'Card number', '9999 9999 9999 9999')}${mask('b', 'Expiry', '99/99')}${mask('c', 'CVV',
    '999')}</div>` },
PrimeVue);
