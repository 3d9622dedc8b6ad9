import Inputmask from 'inputmask';
import { show } from '../with/html.js';

export default show(`<table><tr><td>Credit Card No.</td><td>
  <input data-inputmask="'mask': '9999 9999 9999 9999'"></td>
  </tr><tr><td>Exp. date</td><td><input data-inputmask="'alias': 'datetime', 'inputFormat': 'mm/yy'"></td>
    </tr>
  <tr><td>Security code</td><td><input data-inputmask="'mask': '999[9]'"></td></tr></table>`,
(root) => Inputmask().mask(root.querySelectorAll('input')));
