import { Form, FormGroup, TextInput } from '@patternfly/react-core';
import '@patternfly/react-core/dist/styles/base.css';
import { h, show } from '../with/react.js';

const field = (label, index) => h(FormGroup, { key: label, label, fieldId: `p${index}`, isRequired: true },
  h(TextInput, { id: `p${index}` }));

export default show(() => h(Form, null, ['Credit card number', 'Expiration date', 'CVV'].map(field)));
