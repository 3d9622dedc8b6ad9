import { IMaskInput } from 'react-imask';
import { h, show } from '../with/react.js';

const FIELDS = { 'Card number': '0000 0000 0000 0000', 'MM / YY': '00/00', 'CVC': '000' };

export default show(() => h('form', null, Object.entries(FIELDS).map(([placeholder, mask]) =>
  h(IMaskInput, { key: mask, mask, placeholder, unmask: true }))));
