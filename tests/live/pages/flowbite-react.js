import { Label, TextInput } from 'flowbite-react';
import { h, show } from '../with/react.js';

const field = (label, index) => h('div', { key: label }, h(Label, { htmlFor: `w${index}` }, label),
  h(TextInput, { id: `w${index}`, type: 'text' }));

export default show(() => h('form', null, ['Numero della carta', 'Scadenza',
  'Codice di sicurezza'].map(field)));
