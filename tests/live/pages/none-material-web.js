import '@material/web/textfield/outlined-text-field.js';
import { show } from '../with/html.js';

export default show(`<form><h2>Log in</h2><md-outlined-text-field label="User"></md-outlined-text-field>
  <md-outlined-text-field label="Password" type="password"></md-outlined-text-field>
  <md-outlined-text-field label="Security code" autocomplete="one-time-code"></md-outlined-text-field>
    </form>`);
