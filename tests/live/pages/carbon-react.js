import { Modal, TextInput } from '@carbon/react';
import '@carbon/styles/css/styles.css';
import { h, show } from '../with/react.js';

export default show(() => h(Modal, { open: true, modalHeading: 'Add payment method' },
  ['Card number', 'Expiration date', 'Security code'].map((labelText, index) =>
    h(TextInput, { key: labelText, id: `t${index}`, labelText }))));
