import '@awesome.me/webawesome/dist/styles/webawesome.css';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import { show } from '../with/html.js';

export default show(`<form><wa-input label="Credit card number"></wa-input>
  <wa-select label="Month">${[1, 2,
    3].map((n) => `<wa-option value="${n}">0${n}</wa-option>`).join('')}</wa-select>
  <wa-input label="Code on the back"></wa-input></form>`);
