// Tests the port to the background: extension/content/port.js.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock, openPage, ports, setExtension } from '../support/browser.js';

openPage('');
const { createPort } = await import('../../../extension/content/port.js');

let heard;
let port;

beforeEach(() => {
  openPage('');
  heard = [];
  const note = (name) => (message) => heard.push(message === undefined ? name : `${name} ${message}`);
  port = createPort({ message: note('message'), up: note('up'), down: note('down'), dead: note('dead') });
  port.connect();
});

test('opens one port by the agreed name', () => {
  assert.equal(ports.length, 1);
  assert.equal(ports[0].name, 'surfaces');
  assert.deepEqual(heard, ['up']);
});

test('a port that closes is opened again at once', async () => {
  ports[0].fall();
  assert.deepEqual(heard, ['up', 'down']);
  await clock.move(0);
  assert.equal(ports.length, 2);
  assert.deepEqual(heard, ['up', 'down', 'up']);
});

test('a port that keeps closing is opened again after longer and longer waits, up to a limit', async () => {
  const waits_ms = [];
  for (let times = 0; times < 12; times += 1) {
    ports.at(-1).fall();
    waits_ms.push(clock.next_ms);
    await clock.move(clock.next_ms);
  }
  assert.equal(waits_ms[0], 0);
  assert.ok(waits_ms[1] >= 50 && waits_ms[1] <= 100, `second: ${waits_ms[1]} ms`);
  assert.ok(waits_ms[5] > waits_ms[1], 'longer each time');
  assert.ok(waits_ms.every((wait_ms) => wait_ms <= 5000), 'never longer than five seconds');
  assert.notEqual(waits_ms[11], waits_ms[10], 'not in step with every other frame');
});

test('after a port that has brought a message, the next one is opened at once', async () => {
  ports[0].fall();
  await clock.move(0);
  ports[1].onMessage.emit('hello');
  ports[1].fall();
  assert.equal(clock.next_ms, 0);
});

test('messages of an old port are ignored', async () => {
  const [old] = ports;
  old.fall();
  await clock.move(0);
  old.onMessage.emit('late');
  old.onDisconnect.emit();
  assert.deepEqual(heard, ['up', 'down', 'up']);
});

test('without the extension no port is opened again', async () => {
  setExtension(false);
  ports[0].fall();
  await clock.move(60_000);
  assert.deepEqual(heard, ['up', 'down', 'dead']);
  assert.equal(ports.length, 1);
});

test('a message to a closed port is no error', () => {
  ports[0].open = false;
  port.send({ type: 'frames' });
  assert.deepEqual(ports[0].sent, []);
});

test('after close() no port is opened again', async () => {
  port.close();
  await clock.move(60_000);
  assert.equal(ports[0].open, false);
  assert.equal(ports.length, 1);
  assert.deepEqual(heard, ['up']);
});

test('a port that is never answered is replaced, each time after twice as long', async () => {
  await clock.move(2999);
  assert.equal(ports.length, 1);
  await clock.move(1);
  assert.deepEqual([ports.length, ports[0].open], [2, false]);
  assert.deepEqual(heard, ['up', 'down', 'up']);
  await clock.move(5999);
  assert.equal(ports.length, 2);
  await clock.move(1);
  assert.equal(ports.length, 3);
});

const answer = (answers) => ports[0].onMessage.emit({ type: 'status', answers });

/** @param {string} type the type of a message that has to be answered */
async function unanswered(type) {
  answer(0);
  port.send({ type, surface: 's1', reason: 'hidden' });
  answer(1);
  await clock.move(60_000);
  assert.equal(ports.length, 1);
  port.send({ type, surface: 's1', reason: 'hidden' });
  assert.deepEqual(ports[0].sent.map(({ number }) => number), [1, 2]);
  answer(1);
  await clock.move(3000);
  assert.equal(ports.length, 2, 'a message that does not answer it makes no difference');
}

test('a port that leaves a declared form unanswered is replaced', () => unanswered('surface.open'));

test('a port that leaves the close of a form unanswered is replaced', () => unanswered('surface.close'));

test('later forms do not put off the replacement of a port that loses what is sent on it', async () => {
  answer(0);
  for (let times = 0; times < 2; times += 1) {
    port.send({ type: 'surface.open', surface: 's1', reason: 'r' });
    await clock.move(1500);
  }
  assert.equal(ports.length, 2);
});

test('an answer to some of the forms gives the others their full time', async () => {
  answer(0);
  port.send({ type: 'surface.open', surface: 's1', reason: 'r' });
  port.send({ type: 'surface.open', surface: 's2', reason: 'r' });
  await clock.move(2000);
  answer(1);
  await clock.move(2999);
  assert.equal(ports.length, 1);
  await clock.move(1);
  assert.equal(ports.length, 2);
});

test('a port without an answer ends only after the forms have been declared on the next one', async () => {
  let isOldOpen;
  port.close();
  port = createPort({ message() {}, down() {}, dead() {}, up() { isOldOpen = ports.at(-2).open; } });
  port.connect();
  await clock.move(3000);
  assert.deepEqual([ports.length, isOldOpen, ports.at(-2).open], [3, true, false]);
});

test('other messages need no answer', async () => {
  ports[0].onMessage.emit('hello');
  port.send({ type: 'predictor', key: 'p1' });
  await clock.move(60_000);
  assert.equal(ports.length, 1);
});
