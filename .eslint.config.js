// What ESLint checks, for `eslint -c .eslint.config.js`. The rules are named one by one, so that no
// second package is needed for a preset.

const names = (text) => Object.fromEntries(text.split(/\s+/).map((name) => [name, 'readonly']));

const BOTH = names(`globalThis addEventListener removeEventListener console URL URLSearchParams TextEncoder TextDecoder setTimeout clearTimeout setInterval clearInterval
  queueMicrotask structuredClone performance AbortController`);
const PAGE = names(`window document history location navigator crypto chrome browser Element HTMLElement HTMLButtonElement Node
  NodeFilter CSS Document ShadowRoot HTMLIFrameElement HTMLInputElement MutationObserver IntersectionObserver ResizeObserver
  AudioContext requestAnimationFrame cancelAnimationFrame requestIdleCallback getComputedStyle Event CustomEvent`);
const NODE = names('process Buffer fetch setImmediate');

const forbidden = [
  {
    selector: 'MemberExpression[property.name="value"], MemberExpression[property.value="value"]',
    message: 'What is typed is never read: no .value anywhere in the extension.',
  },
  {
    selector: 'AssignmentExpression > MemberExpression[property.name=/^(inner|outer)HTML$/]',
    message: 'Words go in as text, never as HTML.',
  },
];

export default [
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: BOTH },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'array-callback-return': 'error',
      'consistent-return': 'error',
      'default-case-last': 'error',
      'dot-notation': 'error',
      'eol-last': 'error',
      'eqeqeq': 'error',
      'max-len': ['error', { code: 110, ignoreUrls: true }],
      'no-async-promise-executor': 'error',
      'no-cond-assign': 'error',
      'no-const-assign': 'error',
      'no-constant-condition': 'error',
      'no-dupe-else-if': 'error',
      'no-dupe-keys': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-implied-eval': 'error',
      'no-redeclare': 'error',
      'no-self-assign': 'error',
      'no-shadow': 'error',
      'no-trailing-spaces': 'error',
      'no-undef': 'error',
      'no-unreachable': 'error',
      'no-unused-expressions': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
      'no-useless-return': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'quotes': ['error', 'single', { avoidEscape: true }],
      'semi': 'error',
      'valid-typeof': 'error',
    },
  },
  {
    files: ['extension/**/*.js'],
    languageOptions: { globals: PAGE },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'no-restricted-syntax': ['error', ...forbidden],
    },
  },
  { files: ['scripts/**', 'tests/**'], languageOptions: { globals: { ...NODE, ...PAGE } } },
  // Does not apply to the tests themselves, where a group of tests is one function.
  {
    files: ['scripts/**', 'tests/**/support/**', 'tests/**/harness/**', 'tests/simulator/**'],
    rules: { 'max-lines-per-function': ['error', { max: 60 }] },
  },
];
