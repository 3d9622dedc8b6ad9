import { FormGroup, InputGroup } from '@blueprintjs/core';
import '@blueprintjs/core/lib/css/blueprint.css';
import { h, show } from '../with/react.js';

const field = (label, index) => h(FormGroup, { key: label, label, labelFor: `b${index}` },
  h(InputGroup, { id: `b${index}` }));

export default show(() => h('form', null, ['Card number', 'Expiry', 'CVC'].map(field)));
