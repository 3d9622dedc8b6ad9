// Tests that scripts/screenshots can still make the popup's states, since they are derived from the popup's
// model.
import assert from 'node:assert/strict';
import test from 'node:test';
import { POPUP_STATES } from '../../scripts/screenshot-states/popup-states.js';

test('every state of the popup has a picture\'s messages', () => {
  assert.ok(Object.keys(POPUP_STATES).length > 0);
  for (const [name, { messages }] of Object.entries(POPUP_STATES)) assert.ok(messages.length > 0, name);
});
