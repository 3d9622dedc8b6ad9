import { TextInputField } from 'evergreen-ui';
import { h, show } from '../with/react.js';

export default show(() => h('form', null, [['Card number', 'The long number on the front'],
  ['Expiry date', 'MM/YY'], ['Security code', 'Three digits on the back']].map(([label, description]) =>
  h(TextInputField, { key: label, label, description, required: true }))));
