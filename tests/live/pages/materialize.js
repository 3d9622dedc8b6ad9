import 'materialize-css/dist/css/materialize.min.css';
import 'materialize-css/dist/js/materialize.js';
import { show } from '../with/html.js';

const field = (id, label) => `<div class="input-field"><input id="${id}" type="text">
  <label for="${id}">${label}
  </label></div>`;

export default show(`<div class="row">${field('a', 'Numer karty')}${field('b', 'Data ważności')}
  ${field('c', 'Kod CVV')}</div>`, () => globalThis.M?.updateTextFields());
