// Sends an answer over HTTP/1.1 or HTTP/2: completely, byte by byte, or cut off.
import { nowMs, pauseUntil } from './clock.js';

/** @typedef {import('./exchange.js').Exchange} Exchange */
/** @typedef {import('./bad_answers.js').WireAnswer} WireAnswer */

/**
 * @param {Exchange} exchange
 * @param {WireAnswer} answer
 */
async function sendHalf({ response }, { http_status, headers, body }) {
  response.writeHead(http_status, headers);
  const half = Buffer.from(body).subarray(0, Buffer.byteLength(body) / 2);
  await new Promise((resolve) => response.write(half, resolve));
}

/**
 * @param {Exchange} exchange
 * @param {WireAnswer} answer
 * @param {number} interval_ms
 * @param {AbortSignal} signal
 */
async function sendInDrops(exchange, { http_status, headers, body }, interval_ms, signal) {
  exchange.response.writeHead(http_status, headers);
  for (const byte of Buffer.from(body)) {
    if (exchange.is_over) return;
    exchange.response.write(Buffer.of(byte));
    await pauseUntil(nowMs() + interval_ms, signal);
  }
  exchange.response.end();
}

/**
 * @param {Exchange} exchange
 * @param {WireAnswer} answer
 * @param {{ interval_ms: number, signal: AbortSignal }} pace interval_ms: between the bytes of a drip
 */
export async function send(exchange, answer, { interval_ms, signal }) {
  const { response, connection } = exchange;
  if (answer.ending === 'reset') {
    connection.reset();
  } else if (answer.ending === 'reset_mid_body') {
    await sendHalf(exchange, answer);
    connection.reset();
  } else if (answer.ending === 'truncated') {
    await sendHalf(exchange, answer);
    connection.close();
  } else if (answer.ending === 'drip') {
    await sendInDrops(exchange, answer, interval_ms, signal);
  } else if (answer.ending === 'complete') {
    response.writeHead(answer.http_status, answer.headers);
    response.end(answer.body);
  }
}
