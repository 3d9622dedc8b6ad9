import flatpickr from 'flatpickr';
import 'flatpickr/dist/flatpickr.min.css';
import { show } from '../with/html.js';

export default show(`<form><label>Job card number <input></label><label>Due date <input class="date"></label>
  <label>Valid until <input class="date"></label></form>`, () => flatpickr('.date', { dateFormat: 'm/y' }));
