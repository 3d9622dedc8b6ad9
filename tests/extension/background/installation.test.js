// Tests the installation's ID: it is made once, stored, and sent in a hello as soon as it is known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation } from '../../../extension/background/host/installation.js';

/** @param {Record<string, unknown>} kept */
function apiWith(kept) {
  const get = async (/** @type {string} */ key) => ({ [key]: kept[key] });
  const set = async (/** @type {object} */ values) => { Object.assign(kept, values); };
  return /** @type {any} */ ({ storage: { local: { get, set } } });
}

test('the ID is made once and stays the same', async () => {
  const kept = {};
  const first = new Installation(apiWith(kept), () => {});
  assert.deepEqual(first.client(), {});
  await first.make();
  const { installation } = first.client();
  assert.match(installation ?? '', /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  await first.make();
  const next = new Installation(apiWith(kept), () => {});
  await next.restore();
  assert.deepEqual(next.client(), { installation });
});

test('onLate is called once if the ID becomes known after it was asked for', async () => {
  let late = 0;
  const installation = new Installation(apiWith({ installation: 'known' }), () => { late += 1; });
  await installation.restore();
  assert.equal(late, 0, 'the ID was not asked for');
  const asked = new Installation(apiWith({ installation: 'known' }), () => { late += 1; });
  asked.client();
  await asked.restore();
  await asked.restore();
  assert.equal(late, 1);
});
