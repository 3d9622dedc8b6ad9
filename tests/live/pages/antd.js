import { DatePicker, Form, Input, Modal } from 'antd';
import { h, show } from '../with/react.js';

export default show(() => h(Modal, { open: true, title: 'Charge the customer' }, h(Form,
  { layout: 'vertical' },
  h(Form.Item, { label: 'Card number', name: 'a' }, h(Input, { placeholder: '0000 0000 0000 0000' })),
  h(Form.Item, { label: 'Expiry', name: 'b' }, h(DatePicker, { picker: 'month', format: 'MM/YY' })))));
