// Tests which frames the background asks for the reasons of the detector, and how much of their
// answers it passes on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MAX_LINE_characters, MAX_LINES, WHY_FILE, whyOf,
} from '../../../../extension/background/pages/why.js';

const FRAMES = [
  { frameId: 0, origin: 'https://crm.example.com', reasons: ['card number and expiry'] },
  { frameId: 3, origin: 'https://pay.example.net', reasons: [] },
];

/** @param {Record<number, any>} answers of each frame; an Error: no script may run there */
function ask(answers) {
  const asked = [];
  const scripting = { executeScript: async ({ target, files }) => {
    asked.push([target.tabId, ...target.frameIds, ...files]);
    const answer = answers[target.frameIds[0]];
    if (answer instanceof Error) throw answer;
    return [{ result: answer }];
  } };
  return { asked, why: whyOf(/** @type {any} */ ({ scripting }), { framesIn: () => FRAMES })(5) };
}

test('each frame of the tab is asked; one with nothing to say is left out', async () => {
  const { asked, why } = ask({ 0: ['form: payment form'], 3: [] });
  assert.deepEqual(await why, [{ origin: 'https://crm.example.com', reasons: ['card number and expiry'],
    lines: ['form: payment form'] }]);
  assert.deepEqual(asked, [[5, 0, WHY_FILE], [5, 3, WHY_FILE]]);
});

test('a frame that cannot be asked has its reasons only', async () => {
  const { why } = ask({ 0: new Error('No frame with id'), 3: undefined });
  assert.deepEqual((await why).map(({ reasons, lines }) => [...reasons, ...lines]),
    [['card number and expiry']]);
});

test('a page with many fields, or long words, is cut', async () => {
  const line = 'x'.repeat(MAX_LINE_characters + 1);
  const [{ lines }] = await ask({ 0: Array(MAX_LINES + 1).fill(line), 3: [] }).why;
  assert.deepEqual(lines, Array(MAX_LINES).fill(line.slice(1)));
});
