import '@lion/ui/define/lion-form.js';
import '@lion/ui/define/lion-input.js';
import { show } from '../with/html.js';

export default show(`<lion-form><form><lion-input name="a" label="Kaartnummer"></lion-input>
  <lion-input name="b" label="Vervaldatum"></lion-input>
  <lion-input name="c" label="Beveiligingscode"></lion-input></form></lion-form>`);
