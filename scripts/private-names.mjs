// Properties of the page bundles' own objects, which the build calls anything. None of them may be in a
// message, in the page, or in what one version of a script finds of another. build-extension.mjs uses it;
// tests/extension/private-names.test.js looks at the messages.

export const PRIVATE = ['changed', 'consider', 'coveredAt', 'eyeOnly', 'fields', 'formOpened', 'gone',
  'ignores', 'isOurs', 'kind', 'lineage', 'lineChanged', 'lineIsUp', 'loaded', 'looked', 'owner',
  'pageChanged', 'possible', 'prune', 'replaced', 'revisit', 'seen', 'settling', 'shown', 'sift', 'silent',
  'sure', 'touches', 'why', 'worth'];
