// Tests the connection to the host, with a clock that only the test moves.

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import {
  BACKOFF_FIRST_ms, BACKOFF_MAX_ms, backoff_ms,
} from '../../../../extension/background/host/backoff.js';
import { readFailure } from '../../../../extension/background/host/native-failure.js';
import {
  HANDSHAKE_TIMEOUT_ms, NativePort, RETRY_MIN_ms, STABLE_ms,
} from '../../../../extension/background/host/native-port.js';
import { MAX_PENDING, REQUEST_TIMEOUT_ms } from '../../../../extension/background/host/pending.js';
import { MAX_FRAME_bytes } from '../../../../extension/common/protocol.js';
import { FakeClock, FakeHost, statusOf } from '../../support/background.js';

/** @type {FakeClock} */
let clock;
/** @type {FakeHost[]} */
let hosts;
let heard;
let states;
/** @type {NativePort} */
let port;

beforeEach(() => {
  clock = new FakeClock();
  hosts = [];
  heard = [];
  states = [];
  port = new NativePort({
    connect: () => {
      hosts.push(new FakeHost());
      return hosts.at(-1);
    },
    whyClosed: (closed) => closed.error?.message ?? '',
    client: () => ({ extension_version: '1.0.0', browser: 'chromium', locale: 'en' }),
    clock,
    onChange: () => states.push(port.state),
    onMessage: (message) => heard.push(message),
  });
});

const ready = () => {
  port.open();
  hosts.at(-1).welcome();
};

describe('handshake', () => {
  test('says hello and is ready with the host\'s reply', () => {
    ready();
    assert.deepEqual(hosts[0].sent, [{
      id: 1, type: 'hello', protocol: 1,
      client: { extension_version: '1.0.0', browser: 'chromium', locale: 'en' },
    }]);
    assert.deepEqual(states, ['connecting', 'handshaking', 'ready']);
    assert.equal(port.hostVersion, '1.0.0');
  });

  test('the status of the reply is passed on before the state is ready', () => {
    let heardFirst = -1;
    port.open();
    const before = heard.length;
    states.push = (state) => {
      if (state === 'ready') heardFirst = heard.length - before;
      return 0;
    };
    hosts[0].welcome();
    assert.equal(heardFirst, 1);
  });

  test('a host without a valid configuration is connected too', () => {
    port.open();
    hosts[0].welcome({ policy: undefined, error: { code: 'config_invalid', message: 'x' } });
    assert.equal(port.state, 'ready');
  });

  test('a silent host is a problem after the timeout, and the next timeout is longer', () => {
    port.open();
    clock.advance(HANDSHAKE_TIMEOUT_ms - 1);
    assert.equal(port.state, 'handshaking');
    clock.advance(1);
    assert.equal(port.state, 'waiting');
    assert.deepEqual(port.problem, { code: 'host_silent', message: '' });
    assert.equal(hosts[0].connected, false);
    clock.advance(BACKOFF_FIRST_ms);
    assert.equal(port.state, 'handshaking');
    clock.advance(2 * HANDSHAKE_TIMEOUT_ms - 1);
    assert.equal(port.state, 'handshaking');
    hosts[1].welcome();
    assert.equal(port.state, 'ready');
    assert.equal(port.problem, null);
  });

  for (const [protocol, code] of [[0, 'outdated_host'], [2, 'outdated_extension']]) {
    test(`a host with protocol ${protocol}: ${code}, and no automatic retry`, () => {
      port.open();
      const error = { code: 'protocol_mismatch', message: 'Update.' };
      hosts[0].welcome({ protocol, policy: undefined, error });
      assert.equal(port.state, 'outdated');
      assert.deepEqual(port.problem, { code, message: 'Update.' });
      clock.advance(3_600_000);
      assert.equal(hosts.length, 1);
    });
  }

  test('a host that does not allow this extension is not retried, whatever the ID of its reply', () => {
    port.open();
    const error = { code: 'caller_not_allowed', message: 'no' };
    hosts[0].receive({ id: null, type: 'reply', ok: false, error });
    hosts[0].drop();
    assert.equal(port.state, 'missing');
    assert.equal(port.problem.code, 'caller_not_allowed');
  });
});

describe('the end of a port', () => {
  test('rejects all waiting requests', async () => {
    ready();
    const waiting = [port.request('status'), port.request('override', { mode: 'mute' })];
    hosts[0].drop('Native host has exited.');
    for (const one of waiting) await assert.rejects(one, { code: 'host_lost' });
    assert.equal(port.pending, 0);
    await assert.rejects(port.request('status'), { code: 'host_lost' });
  });

  for (const words of [
    'Specified native messaging host not found.', 'No such native application com.cardmute.host',
  ]) {
    test(`"${words}" ends the automatic retries; open() retries at a limited rate`, () => {
      port.open();
      hosts[0].drop(words);
      assert.equal(port.state, 'missing');
      assert.equal(port.problem.code, 'host_missing');
      clock.advance(5 * RETRY_MIN_ms);
      assert.equal(hosts.length, 1);
      port.open();
      assert.equal(hosts.length, 2);
      hosts[1].drop(words);
      clock.advance(RETRY_MIN_ms - 2);
      for (let presses = 0; presses < 3; presses += 1) port.open();
      clock.advance(1);
      assert.equal(hosts.length, 2);
      clock.advance(1);
      assert.equal(hosts.length, 3);
      hosts[2].drop(words);
      port.open(); // has an effect, although it is the second call
      clock.advance(RETRY_MIN_ms);
      hosts[3].welcome();
      assert.equal(port.state, 'ready');
    });
  }

  test('a connect that throws is a failure like any other', () => {
    const throwing = new NativePort({
      connect: () => { throw new Error('Access to the specified native messaging host is forbidden.'); },
      whyClosed: () => '', client: () => ({}), clock, onChange: () => {}, onMessage: () => {},
    });
    throwing.open();
    assert.equal(throwing.state, 'missing');
    assert.equal(throwing.problem.code, 'host_forbidden');
  });

  test('a host that ends right after each handshake is retried less and less often', () => {
    ready();
    const gaps_ms = [];
    for (let round = 0; round < 8; round += 1) {
      const died_ms = clock.now();
      hosts.at(-1).drop('Native host has exited.');
      while (port.state === 'waiting') clock.advance(1);
      gaps_ms.push(clock.now() - died_ms);
      hosts.at(-1).welcome();
    }
    assert.deepEqual(gaps_ms, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    clock.advance(STABLE_ms);
    hosts.at(-1).drop('Native host has exited.');
    clock.advance(BACKOFF_FIRST_ms);
    assert.equal(port.state, 'handshaking');
  });

  test('open() cuts a back-off short', () => {
    ready();
    for (let round = 0; round < 6; round += 1) {
      hosts.at(-1).drop('Native host has exited.');
      clock.advance(BACKOFF_MAX_ms);
    }
    hosts.at(-1).drop('Native host has exited.');
    clock.advance(RETRY_MIN_ms);
    assert.equal(port.state, 'waiting');
    port.open();
    assert.equal(port.state, 'handshaking');
  });

  test('an open() that comes too soon is delayed, and never delays a retry that is due', () => {
    ready();
    hosts[0].drop('Native host has exited.');
    clock.advance(BACKOFF_FIRST_ms);
    for (let round = 0; round < 6; round += 1) {
      hosts.at(-1).drop('Native host has exited.');
      if (round < 5) clock.advance(BACKOFF_MAX_ms);
    }
    const before = hosts.length;
    port.open(); // by now the back-off is far longer than a second
    clock.advance(RETRY_MIN_ms - 1);
    assert.equal(hosts.length, before);
    clock.advance(1);
    assert.equal(hosts.length, before + 1);
    hosts.at(-1).welcome();
    clock.advance(STABLE_ms);
    hosts.at(-1).drop('Native host has exited.');
    port.open(); // tries at once, because the last attempt was long ago
    hosts.at(-1).drop('Native host has exited.');
    port.open(); // asks for an attempt in a second, but the back-off ends sooner
    clock.advance(2 * BACKOFF_FIRST_ms);
    assert.equal(hosts.length, before + 3);
  });

  test('close() cancels a delayed open()', () => {
    port.open();
    hosts[0].drop('Specified native messaging host not found.');
    port.open();
    port.close();
    clock.advance(2 * RETRY_MIN_ms);
    assert.equal(hosts.length, 1);
  });

  test('messages of an abandoned port change nothing', () => {
    port.open();
    clock.advance(HANDSHAKE_TIMEOUT_ms + BACKOFF_FIRST_ms);
    hosts[0].welcome();
    hosts[0].drop('Native host has exited.');
    assert.equal(port.state, 'handshaking');
    assert.equal(hosts.length, 2);
  });

  test('close() disconnects the host and cancels every retry', () => {
    ready();
    port.close();
    assert.equal(port.state, 'idle');
    assert.equal(hosts[0].connected, false);
    clock.advance(3_600_000);
    assert.equal(hosts.length, 1);
    assert.equal(clock.timers.size, 0);
  });
});

describe('requests', () => {
  test('have ids that increase, and are answered by id in any order', async () => {
    ready();
    const first = port.request('status');
    const second = port.request('status');
    const ids = hosts[0].sent.map(({ id }) => id);
    assert.deepEqual(ids, [1, 2, 3]);
    const reply = (id, surfaces) => ({ id, type: 'reply', ok: true, status: statusOf({ surfaces }) });
    hosts[0].receive(reply(3, 33));
    hosts[0].receive(reply(99, 99));
    hosts[0].receive(reply(2, 22));
    assert.equal((await first).status.surfaces, 22);
    assert.equal((await second).status.surfaces, 33);
  });

  test('that the host would refuse are not sent', async () => {
    ready();
    const big = port.request('surface.open', { surface: 's', reason: 'x'.repeat(MAX_FRAME_bytes) });
    await assert.rejects(big, { code: 'bad_frame' });
    await assert.rejects(port.request('surface.close', { surface: '' }), { code: 'bad_request' });
    assert.equal(hosts[0].sent.length, 1);
  });

  test('are limited in number, except those on which the state of the call depends', async () => {
    ready();
    const waiting = Array.from({ length: MAX_PENDING }, () => port.request('status'));
    const sent = hosts[0].sent.length;
    await assert.rejects(port.request('surface.active', { surface: 's' }), { code: 'not_confirmed' });
    assert.equal(hosts[0].sent.length, sent);
    waiting.push(port.request('surface.close', { surface: 's', reason: 'hidden' }));
    waiting.push(port.request('override', { mode: 'auto' }));
    assert.deepEqual(hosts[0].sent.slice(sent).map(({ type }) => type), ['surface.close', 'override']);
    port.close();
    await Promise.allSettled(waiting);
  });

  test('that are not answered are rejected after a timeout of their own', async () => {
    ready();
    const asked = port.request('status');
    clock.advance(REQUEST_TIMEOUT_ms - 1);
    assert.equal(port.pending, 1);
    clock.advance(1);
    assert.equal(port.pending, 0);
    await assert.rejects(asked, { code: 'not_confirmed', isLate: true });
    assert.equal(port.state, 'ready');
  });

  test('that get an unreadable answer are rejected', async () => {
    ready();
    const asked = port.request('status');
    hosts[0].receive({ id: 2, type: 'reply', ok: true, status: { state: 'perfect' } });
    await assert.rejects(asked, { code: 'bad_answer' });
    assert.deepEqual(heard.at(-1), { kind: 'unknown', id: 2 });
  });
});

test('the back-off doubles up to a limit, with jitter', () => {
  assert.equal(backoff_ms(0, 0), BACKOFF_FIRST_ms / 2);
  assert.equal(backoff_ms(0, 1), BACKOFF_FIRST_ms);
  assert.equal(backoff_ms(1, 1), 2 * BACKOFF_FIRST_ms);
  assert.equal(backoff_ms(1_000_000, 1), BACKOFF_MAX_ms);
});

test('the error texts of both browsers are recognised', () => {
  const codes = [
    ['Specified native messaging host not found.', 'host_missing', true],
    ['No such native application com.cardmute.host', 'host_missing', true],
    ['Access to the specified native messaging host is forbidden.', 'host_forbidden', true],
    ['This extension does not have permission to use native application com.cardmute.host ' +
      '(or the application is not installed)', 'host_forbidden', true],
    ['Failed to start native messaging host.', 'host_lost', false],
    ['Native host has exited.', 'host_lost', false],
    ['', 'host_lost', false],
  ];
  for (const [words, code, terminal] of codes) assert.deepEqual(readFailure(words), { terminal, code });
});
