// Tests what a hello says of this extension, and that no second hello says the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnClient } from '../../../../extension/background/host/own-client.js';

function scene() {
  /** @type {any[]} */
  const sent = [];
  const sites = { hidden: /** @type {string[]} */ ([]) };
  const connection = { isReady: false };
  const api = {
    runtime: { getManifest: () => ({ version: '1.2.3' }) },
    storage: { local: { get: async () => ({ installation: 'an ID' }), set: async () => {} } },
  };
  const client = new OwnClient(/** @type {any} */ ({
    api, browser: 'firefox', locale: 'en', sites, isReady: () => connection.isReady,
    request: async (/** @type {string} */ type, /** @type {any} */ fields) => {
      sent.push([type, fields.client]);
    },
  }));
  return { client, sent, sites, connection };
}

test('what becomes known before the first hello is said in it, and not again', async () => {
  const { client, sent, sites, connection } = scene();
  sites.hidden = ['https://crm.example.com'];
  client.sitesChanged(); // no host is connected yet
  await client.restore();
  const { hidden_sites, installation } = /** @type {any} */ (client.describe());
  assert.deepEqual([hidden_sites, installation], [1, 'an ID']);
  connection.isReady = true;
  client.connected();
  assert.deepEqual(sent, []);
});

test('what becomes known after the hello is said in another one', async () => {
  const { client, sent, sites, connection } = scene();
  client.describe();
  await client.restore(); // meanwhile the hello is on its way
  assert.deepEqual(sent, []);
  connection.isReady = true;
  client.connected();
  client.connected();
  assert.equal(sent.length, 1);
  assert.equal(sent[0][1].installation, 'an ID');
  sites.hidden = ['https://crm.example.com'];
  client.sitesChanged();
  client.sitesChanged();
  assert.equal(sent.length, 2);
  assert.equal(sent[1][1].hidden_sites, 1);
});
