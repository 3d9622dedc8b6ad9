import Form from 'react-bootstrap/Form';
import FloatingLabel from 'react-bootstrap/FloatingLabel';
import 'bootstrap/dist/css/bootstrap.min.css';
import { h, show } from '../with/react.js';

export default show(() => h(Form, null, ['Card number', 'Expiry (MM/YY)', 'CVV'].map((label) =>
  h(FloatingLabel, { key: label, label, controlId: label.slice(0, 2) },
    h(Form.Control, { placeholder: ' ' })))));
