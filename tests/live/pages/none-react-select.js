import Select from 'react-select';
import { h, show } from '../with/react.js';

const options = (...all) => all.map((label) => ({ label, value: label }));

export default show(() => h('form', null, h('h2', null, 'Filter transactions'),
  h('label', null, 'Card type', h(Select, { options: options('Visa', 'Mastercard'),
    'aria-label': 'Card type' })),
  h('label', null, 'Last 4 digits of card', h('input', { name: 'last4', maxLength: 4 })),
  h('label', null, 'Valid until', h('input', { type: 'date' }))));
