// The proxy of the configuration is used, and the environment's is not used for this machine itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCertificates } from '../../simulator/certificates.js';
import { startProxy } from './proxy.js';
import { scene } from './scene.js';

test('plain http goes through the configured proxy', async (t) => {
  const proxy = await startProxy(t);
  const { host, simulator, ivrid } = await scene(t, { voicenter: { proxy: proxy.url } });
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.ok(proxy.requests.some(({ method, target }) => method === 'POST' && target === simulator.muteUrl));
});

test('https is tunnelled through the configured proxy, with its name and password', async (t) => {
  const proxy = await startProxy(t);
  const { tls, ca_file, remove } = await makeCertificates();
  t.after(remove);
  const voicenter = { ca_file, proxy: `http://agent:proxy-secret@${proxy.host}` };
  const { host, simulator, ivrid } = await scene(t, { simulator: { tls }, voicenter });
  await host.hello();
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const { host: target } = new URL(simulator.muteUrl);
  const authorization = `Basic ${Buffer.from('agent:proxy-secret').toString('base64')}`;
  assert.deepEqual(proxy.requests[0], { method: 'CONNECT', target, authorization });
});

test('a proxy that refuses the tunnel: unreachable, named, and its password is not', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  const { tls, ca_file, remove } = await makeCertificates();
  t.after(remove);
  const voicenter = { ca_file, proxy: `http://agent:proxy-secret@${proxy.host}` };
  const { host, simulator } = await scene(t, { simulator: { tls }, voicenter });
  const { error, status } = await host.open();
  assert.deepEqual([error?.code, status.state], ['unreachable', 'unprotected']);
  assert.match(error?.message ?? '', /proxy/);
  assert.doesNotMatch(JSON.stringify(host.messages), /proxy-secret/);
  assert.equal(simulator.requests.length, 0);
});

test('a proxy that is not there: unreachable', async (t) => {
  const { host, simulator } = await scene(t, { voicenter: { proxy: 'http://127.0.0.1:9' } });
  const { error } = await host.open();
  assert.equal(error?.code, 'unreachable');
  assert.match(error?.message ?? '', /proxy/);
  assert.equal(simulator.requests.length, 0);
});

test('the environment\'s proxy is not asked for an address of this machine itself', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  const { host } = await scene(t, { env: { http_proxy: proxy.url, all_proxy: proxy.url } });
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(proxy.requests, []);
});

test('the environment\'s proxy is asked for an address elsewhere', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  const mute_url = 'https://voicenter.invalid/api/MuteUnmuteCalls';
  const { host } = await scene(t, { voicenter: { mute_url }, env: { https_proxy: proxy.url } });
  assert.equal((await host.open()).error?.code, 'unreachable');
  assert.deepEqual(proxy.requests[0], {
    method: 'CONNECT',
    target: 'voicenter.invalid:443',
    authorization: undefined,
  });
});
