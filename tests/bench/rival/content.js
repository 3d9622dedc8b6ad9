// An extension to compare the content script with. It uses a library with which other extensions wait for
// elements, and the simplest selectors for card fields. It ignores visibility, labels and shadow roots.
import { observe } from 'selector-observer';

const NAMES = ['cardnumber', 'card-number', 'card_number', 'ccnum', 'cvv', 'cvc', 'expir'];
const FIELDS = ['[autocomplete*="cc-"]',
  ...NAMES.flatMap((name) => [`input[name*="${name}" i]`, `input[id*="${name}" i]`])];

observe(FIELDS.join(), { add: () => { document.documentElement.dataset.found = ''; } });
