// Tests that the configured proxy is used. If none is configured, the environment's proxy is used, but not
// for addresses of this machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCertificates } from '../../simulator/certificates.js';
import { startProxy, startSocksProxy } from './proxy.js';
import { command } from './commands.js';
import { scene } from './scene.js';
import { logFile, untilFile } from './state_files.js';

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

test('a proxy that refuses the tunnel: unreachable, named, without its password', async (t) => {
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

test('a missing proxy: unreachable', async (t) => {
  const { host, simulator } = await scene(t, { voicenter: { proxy: 'http://127.0.0.1:9' } });
  const { error } = await host.open();
  assert.equal(error?.code, 'unreachable');
  assert.match(error?.message ?? '', /proxy/);
  assert.equal(simulator.requests.length, 0);
});

test('the environment\'s proxy is not used for this machine\'s addresses', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  const { host } = await scene(t, { env: { http_proxy: proxy.url, all_proxy: proxy.url } });
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(proxy.requests, []);
});

test('the environment\'s proxy is used for other addresses', async (t) => {
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

const PASSWORD = 'S3cret';
for (const [name, proxy, words] of /** @type {[string, string, RegExp][]} */ ([
  ['of an unknown kind', `ntlm://agent:${PASSWORD}@proxy.example.test:8080`, /kind of proxy/],
  ['with # in the password', `http://agent:${PASSWORD}#word@proxy.example.test:8080`, /%23/],
  ['with a blank in the password', `http://agent:${PASSWORD} word@proxy.example.test:8080`, /%20/],
  ['with a slash in the password', `http://agent:${PASSWORD}/word@proxy.example.test:8080`, /%2F/],
  ['with @ in the password', `http://agent:word@${PASSWORD}@proxy.example.test:8080`, /%40/],
  ['without a valid port', `agent:${PASSWORD}@proxy.example.test:port`, /port/],
  ['that is not there', `http://agent:${PASSWORD}@proxy.invalid:8080`, /in https_proxy/],
])) {
  test(`a proxy of the environment ${name}: its variable is named, its password is not shown`, async (t) => {
    const voicenter = { mute_url: 'https://voicenter.invalid/api' };
    const { host, ...places } = await scene(t, { voicenter, env: { https_proxy: proxy } });
    const { error, status } = await host.open();
    assert.deepEqual([error?.code, status.state], ['unreachable', 'unprotected']);
    assert.match(error?.message ?? '', /https_proxy/);
    assert.match(error?.message ?? '', words);
    const log = await untilFile(logFile(places.state_directory), (text) => text.includes('answered'));
    const { out, err, code } = await command({ ...places, env: { https_proxy: proxy } }, 'doctor');
    if (name !== 'that is not there') assert.match(out, /PROBLEM +proxy: one that cannot be used/);
    assert.notEqual(code, 0);
    for (const [place, text] of Object.entries({ messages: JSON.stringify(host.messages), log, out, err })) {
      assert.ok(!text.includes(PASSWORD), `${place} has the password`);
    }
  });
}

test('a SOCKS5 proxy is used, and is not offered Kerberos', async (t) => {
  const proxy = await startSocksProxy(t, 0);
  const { host, simulator, ivrid } = await scene(t, { voicenter: { proxy: proxy.url } });
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.deepEqual(proxy.offered[0], [0]);
});

test('a SOCKS5 proxy that asks for Kerberos all the same: unreachable, and the host lives', async (t) => {
  const proxy = await startSocksProxy(t, 1);
  const { host } = await scene(t, { voicenter: { proxy: proxy.url } });
  assert.equal((await host.open()).error?.code, 'unreachable');
  assert.equal((await host.close()).ok, true);
});

test('doctor shows the scheme, host and port of a proxy, and nothing after them', async (t) => {
  const voicenter = { mute_url: 'https://voicenter.invalid/api' };
  const places = await scene(t, { voicenter });
  const proxy = `http://agent:${PASSWORD}@proxy.invalid:8080/${PASSWORD}?key=${PASSWORD}#${PASSWORD}`;
  const { out, err } = await command({ ...places, env: { https_proxy: proxy } }, 'doctor');
  assert.match(out, /proxy: http:\/\/proxy\.invalid:8080, from https_proxy/);
  assert.ok(!(out + err).includes(PASSWORD));
});
