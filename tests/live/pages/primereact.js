import { InputMask } from 'primereact/inputmask';
import { FloatLabel } from 'primereact/floatlabel';
import 'primereact/resources/themes/lara-light-blue/theme.css';
import 'primereact/resources/primereact.min.css';
import { h, show } from '../with/react.js';

const field = ([label, mask], index) => h(FloatLabel, { key: label },
  h(InputMask, { id: `f${index}`, mask }), h('label', { htmlFor: `f${index}` }, label));

export default show(() => h('div', null, [['Card Number', '9999 9999 9999 9999'], ['Expiry Date', '99/99'],
  ['CVV', '999']].map(field)));
