// For comparison with the content script: a library that other extensions use to wait for elements, here with
// the simplest selectors for card fields. It ignores visibility, labels and shadow roots. rival.js builds it
// into a separate extension.
import { observe } from 'selector-observer';

const NAMES = ['cardnumber', 'card-number', 'card_number', 'ccnum', 'cvv', 'cvc', 'expir'];
const FIELDS = ['[autocomplete*="cc-"]',
  ...NAMES.flatMap((name) => [`input[name*="${name}" i]`, `input[id*="${name}" i]`])];

observe(FIELDS.join(), { add: () => { document.documentElement.dataset.found = ''; } });
