import { Form, FormField, Grommet, MaskedInput, TextInput } from 'grommet';
import { h, show } from '../with/react.js';

export default show(() => h(Grommet, null, h(Form, null,
  h(FormField, { label: 'Card Number', htmlFor: 'n', name: 'n' }, h(MaskedInput, { id: 'n', name: 'n',
    mask: [{ length: 4, regexp: /^\d{1,4}$/, placeholder: 'xxxx' }, { fixed: ' ' },
      { length: 4, regexp: /^\d{1,4}$/, placeholder: 'xxxx' }] })),
  h(FormField, { label: 'Expires', htmlFor: 'e', name: 'e' }, h(TextInput, { id: 'e', name: 'e' })))));
