import { DatePicker, Form, Input } from 'antd';
import { h, show } from '../with/react.js';

export default show(() => h(Form, { layout: 'vertical' },
  h(Form.Item, { label: 'Employee card number', name: 'cardNumber' }, h(Input)),
  h(Form.Item, { label: 'Valid until', name: 'validUntil' }, h(DatePicker, { picker: 'month' })),
  h(Form.Item, { label: 'Access code', name: 'code' }, h(Input))));
