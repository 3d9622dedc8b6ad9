import { formatCreditCard, registerCursorTracker } from 'cleave-zen';
import { show } from '../with/html.js';

export default show(`<form><p>Card number</p><input class="creditcard-input"><p>CVV</p><input maxlength="4">
  </form>`,
  (root) => {
    const input = root.querySelector('.creditcard-input');
    registerCursorTracker({ input });
    input.addEventListener('input', () => { input.value = formatCreditCard(input.value); });
  });
