import Cleave from 'cleave.js';
import { show } from '../with/html.js';

export default show(`<div><label>Credit card <input class="input-card" placeholder="0000 0000 0000 0000">
  </label>
  <label>Expires <input class="input-date" placeholder="MM/YY"></label></div>`,
() => {
  new Cleave('.input-card', { creditCard: true });
  new Cleave('.input-date', { date: true, datePattern: ['m', 'y'] });
});
