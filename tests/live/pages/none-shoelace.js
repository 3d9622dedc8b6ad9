import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/components/input/input.js';
import { show } from '../with/html.js';

export default show(`<form><sl-input label="Full name"></sl-input><sl-input label="Street and number">
  </sl-input>
  <sl-input label="City"></sl-input><sl-input label="Postal code"></sl-input>
  <sl-input label="Security code of the door"></sl-input></form>`);
