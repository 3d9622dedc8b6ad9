// A plain HTTP client for tests. It returns every status and body unchanged.
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';

/** @typedef {import('./simulator.js').Simulator} Simulator */

/**
 * @typedef {object} Reply
 * @property {number} http_status
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} body
 * @property {any} json undefined: the body is not JSON
 */

/**
 * Rejects with Node's error if the response does not come or is incomplete.
 * @param {string} url
 * @param {import('node:https').RequestOptions & { body?: string }} [options]
 * @returns {Promise<Reply>}
 */
export function ask(url, { body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? requestTls : requestPlain)(url, options, async (response) => {
      try {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({
          http_status: response.statusCode ?? 0,
          headers: response.headers,
          body: text,
          json: tryJson(text),
        });
      } catch (error) {
        reject(error);
      }
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** @param {string} text */
function tryJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} url
 * @param {unknown} value
 * @param {import('node:https').RequestOptions} [options]
 */
export function post(url, value, options = {}) {
  const headers = { 'content-type': 'application/json' };
  return ask(url, { headers, ...options, method: 'POST', body: JSON.stringify(value) });
}

/**
 * Sends a mute in the default polarity.
 * @param {Simulator} simulator
 * @param {{ extension?: string, ivrid?: string }} [target]
 * @param {import('node:https').RequestOptions} [options]
 */
export function mute(simulator, target = { extension: 'API1API' }, options = {}) {
  return post(simulator.muteUrl, { ...target, state: '1' }, options);
}

/**
 * @param {Simulator} simulator
 * @param {{ extension?: string, ivrid?: string }} [target]
 * @param {import('node:https').RequestOptions} [options]
 */
export function unmute(simulator, target = { extension: 'API1API' }, options = {}) {
  return post(simulator.muteUrl, { ...target, state: '0' }, options);
}
