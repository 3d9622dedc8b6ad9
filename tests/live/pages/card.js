import Card from 'card';
import { show } from '../with/html.js';

export default show(`<div class="card-wrapper"></div><form>
  <input type="text" name="number"><input type="text" name="name"><input type="text" name="expiry">
  <input type="text" name="cvc"></form>`,
() => new Card({ form: 'form', container: '.card-wrapper' }));
