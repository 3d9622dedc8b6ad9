import TextField from '@mui/material/TextField';
import { h, show } from '../with/react.js';

export default show(() => h('form', null, h('h2', null, 'Redeem a gift card'),
  ['Gift card number', 'PIN', 'Expiry date'].map((label) => h(TextField, { key: label, label }))));
