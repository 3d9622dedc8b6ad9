import { Dialog, Text, TextField, Theme } from '@radix-ui/themes';
import '@radix-ui/themes/styles.css';
import { h, show } from '../with/react.js';

const field = (label) => h('label', { key: label }, h(Text, { as: 'div' }, label), h(TextField.Root));

export default show(() => h(Theme, null, h(Dialog.Root, { open: true }, h(Dialog.Content, null,
  h(Dialog.Title, null, 'Payment'), ['Card number', 'Expiry', 'CVC'].map(field)))));
