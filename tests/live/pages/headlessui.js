import { Description, Dialog, DialogPanel, DialogTitle, Field, Input, Label } from '@headlessui/react';
import { h, show } from '../with/react.js';

const field = (label) => h(Field, { key: label }, h(Label, null, label),
  h(Description, null, 'As it is on the card.'), h(Input));

export default show(() => h(Dialog, { open: true, onClose() {} }, h(DialogPanel, null,
  h(DialogTitle, null, 'Take a payment'), ['Card number', 'Valid until',
    'Card verification code'].map(field))));
