import { Form, InputGroup, MaskedInput } from 'rsuite';
import 'rsuite/dist/rsuite.min.css';
import { h, show } from '../with/react.js';

const digits = (count) => Array.from({ length: count }, () => /\d/);

export default show(() => h(Form, null, h(Form.Group, { controlId: 'card' },
  h(Form.Label, null, 'Bank card number'), h(MaskedInput, { mask: digits(16),
    placeholder: '________________' })),
h(Form.Group, { controlId: 'date' }, h(Form.Label, null, 'Valid thru'), h(InputGroup, null, h(Form.Control,
  { name: 'date' })))));
