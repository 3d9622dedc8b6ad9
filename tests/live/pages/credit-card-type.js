import creditCardType from 'credit-card-type';
import { show } from '../with/html.js';

export default show(`<form><label>Card no. <input name="pan"></label> <output></output>
  <label>Exp <select name="mm">
    <option>01<option>02<option>03<option>04<option>05<option>06<option>07<option>08
  <option>09<option>10<option>11<option>12</select></label><label>Code <input name="code"></label></form>`,
(root) => root.querySelector('input').addEventListener('input', ({ target }) => {
  root.querySelector('output').textContent = creditCardType(target.value)[0]?.niceType ?? '';
}));
