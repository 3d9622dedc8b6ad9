import '@vaadin/text-field';
import { show } from '../with/html.js';

export default show(`<div><vaadin-text-field label="Kreditkartennummer"></vaadin-text-field>
  <vaadin-text-field label="Ablaufdatum" placeholder="MM/JJ"></vaadin-text-field>
  <vaadin-text-field label="Kartenprüfnummer"></vaadin-text-field></div>`);
