import * as webix from 'webix';
import 'webix/webix.css';

export default (container) => {
  const form = webix.ui({ container, view: 'form', width: 400, elements: [
    { view: 'text', label: 'Card number', labelWidth: 120 }, { view: 'text', label: 'Valid thru',
      labelWidth: 120 },
    { view: 'text', label: 'CVV', labelWidth: 120 }] });
  return () => form.destructor();
};
