import '../with/jquery.js';
import 'devextreme/integration/jquery';
import 'devextreme/ui/form';
import 'devextreme/dist/css/dx.light.css';
import { show } from '../with/html.js';

export default show('<div></div>', (root) => globalThis.$(root.firstElementChild).dxForm({
  formData: { CardNumber: '', ExpirationDate: '', SecurityCode: '' } }));
