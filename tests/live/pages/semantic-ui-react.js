import { Form } from 'semantic-ui-react';
import 'semantic-ui-css/semantic.min.css';
import { h, show } from '../with/react.js';

export default show(() => h(Form, null, h(Form.Group, { widths: 'equal' },
  h(Form.Input, { label: 'Card Number', placeholder: 'Card #' }),
  h(Form.Input, { label: 'CVC', placeholder: 'CVC' }),
  h(Form.Field, { label: 'Expiration', control: 'select' },
    ['Month', 'January', 'February'].map((month) => h('option', { key: month }, month))))));
