import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/components/dialog/dialog.js';
import '@shoelace-style/shoelace/dist/components/input/input.js';
import { show } from '../with/html.js';

export default show(`<sl-dialog label="Payment" open><sl-input label="Card number"></sl-input>
  <sl-input label="Expires" placeholder="MM/YY"></sl-input><sl-input label="CVC"></sl-input></sl-dialog>`);
