import DatePicker from 'react-datepicker';
import 'react-datepicker/dist/react-datepicker.css';
import { h, show, useState } from '../with/react.js';

export default show(() => {
  const [selected, onChange] = useState(null);
  return h('form', null, h('label', null, 'Contract number', h('input', { name: 'contractNumber' })),
    h('label', null, 'Expiry month', h(DatePicker, { selected, onChange, dateFormat: 'MM/yyyy',
      showMonthYearPicker: true })));
});
