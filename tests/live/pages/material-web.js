import '@material/web/textfield/outlined-text-field.js';
import '@material/web/textfield/filled-text-field.js';
import { show } from '../with/html.js';

export default show(`<form><md-outlined-text-field label="Card number" inputmode="numeric">
  </md-outlined-text-field>
  <md-outlined-text-field label="Expiry date" placeholder="MM/YY"></md-outlined-text-field>
  <md-filled-text-field label="Security code" maxlength="4"></md-filled-text-field></form>`);
