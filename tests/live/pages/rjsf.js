import Form from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import { h, show } from '../with/react.js';

const schema = { title: 'Payment', type: 'object', properties: {
  f1: { type: 'string', title: 'Card number' }, f2: { type: 'string', title: 'Expires' },
  f3: { type: 'string', title: 'Security code' } } };

export default show(() => h(Form, { schema, validator }));
