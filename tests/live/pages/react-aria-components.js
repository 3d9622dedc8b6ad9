import { Input, Label, TextField } from 'react-aria-components';
import { h, show } from '../with/react.js';

const field = (label) => h(TextField, { key: label }, h(Label, null, label), h(Input));

export default show(() => h('form', null, ['מספר כרטיס אשראי', 'תוקף', '3 ספרות בגב הכרטיס'].map(field)));
