import { Form } from 'semantic-ui-react';
import 'semantic-ui-css/semantic.min.css';
import { h, show } from '../with/react.js';

export default show(() => h(Form, null, h(Form.Input, { label: 'Coupon code' }),
  h(Form.Input, { label: 'Loyalty card number' }), h(Form.Input, { label: 'Expiration', type: 'date' })));
