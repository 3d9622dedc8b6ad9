// The detector as `scripts/detect --why` builds it: it works like the shipped detector, and also answers an
// event with the words that decided.
import '../../../extension/detect/main.js';
import { formsHere } from '../../../extension/why/forms.js';
import { linesOf } from '../../../extension/why/lines.js';

/** @param {Element} element @returns {boolean} whether it is in a mark of scripts/detect */
const isMark = (element) => element.closest('form[popover]')?.parentNode === document.documentElement;

document.addEventListener('cardmute-why', () => {
  const detail = JSON.stringify(linesOf(formsHere(isMark)));
  document.dispatchEvent(new CustomEvent('cardmute-because', { detail }));
});
