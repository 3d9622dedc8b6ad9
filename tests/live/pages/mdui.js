import 'mdui/mdui.css';
import 'mdui/components/text-field.js';
import { show } from '../with/html.js';

export default show(`<mdui-text-field label="Card number"></mdui-text-field>
  <mdui-text-field label="Expiration date"></mdui-text-field><mdui-text-field label="CVV">
    </mdui-text-field>`);
