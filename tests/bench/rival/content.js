// For comparison with the content script: the library with which other extensions wait for elements, told to
// find card fields by the plainest selectors. It judges nothing and looks at neither visibility, labels nor
// shadow roots. rival.js builds it into an extension of its own.
import { observe } from 'selector-observer';

const NAMES = ['cardnumber', 'card-number', 'card_number', 'ccnum', 'cvv', 'cvc', 'expir'];
const FIELDS = ['[autocomplete*="cc-"]',
  ...NAMES.flatMap((name) => [`input[name*="${name}" i]`, `input[id*="${name}" i]`])];

observe(FIELDS.join(), { add: () => { document.documentElement.dataset.found = ''; } });
