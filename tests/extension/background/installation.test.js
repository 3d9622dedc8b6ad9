// The installation's ID: made once, kept, and told in a hello as soon as it is known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation } from '../../../extension/background/host/installation.js';

/** @param {Record<string, unknown>} kept */
function apiWith(kept) {
  const get = async (/** @type {string} */ key) => ({ [key]: kept[key] });
  const set = async (/** @type {object} */ values) => { Object.assign(kept, values); };
  return /** @type {any} */ ({ storage: { local: { get, set } } });
}

test('it is made up once and is the same ever after', async () => {
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

test('who asked before it was known is told when it is, once', async () => {
  let late = 0;
  const installation = new Installation(apiWith({ installation: 'known' }), () => { late += 1; });
  await installation.restore();
  assert.equal(late, 0, 'nobody had asked');
  const asked = new Installation(apiWith({ installation: 'known' }), () => { late += 1; });
  asked.client();
  await asked.restore();
  await asked.restore();
  assert.equal(late, 1);
});
