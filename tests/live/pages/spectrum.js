import '@spectrum-web-components/theme/sp-theme.js';
import '@spectrum-web-components/theme/src/themes.js';
import '@spectrum-web-components/textfield/sp-textfield.js';
import '@spectrum-web-components/field-label/sp-field-label.js';
import { show } from '../with/html.js';

export default show(`<sp-theme system="spectrum" color="light" scale="medium">
  <sp-field-label for="n">Card number</sp-field-label><sp-textfield id="n"></sp-textfield>
  <sp-field-label for="e">Expiry</sp-field-label><sp-textfield id="e"></sp-textfield>
  <sp-field-label for="c">CVV</sp-field-label><sp-textfield id="c"></sp-textfield></sp-theme>`);
