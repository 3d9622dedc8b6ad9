// Changes a correct answer into the answer that a fault sends in its place. sending.js sends the result.

/** @typedef {import('./faults.js').ActiveFault} ActiveFault */

/**
 * @typedef {object} WireAnswer
 * @property {number} http_status
 * @property {Record<string, string>} headers
 * @property {string} body
 * @property {'complete' | 'drip' | 'truncated' | 'reset_mid_body' | 'reset' | 'hang'} ending
 */

/** @typedef {{ http_status: number, body: object | null }} DueAnswer */

/** The size of an answer that is too large: more than the 64 KiB that the host reads. */
const OVERSIZE_BYTES = 80 * 1024;

const GARBAGE = '\u0007}{ not JSON \\x "ErrorCode":"200" ]';
const HTML = '<!DOCTYPE html><html><body><h1>Sign in to this network</h1></body></html>\n';

/**
 * @param {number} http_status
 * @param {string} type
 * @param {string} body
 * @returns {WireAnswer}
 */
const whole = (http_status, type, body) => ({
  http_status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'content-length': String(Buffer.byteLength(body)) },
  body,
  ending: 'complete',
});

/**
 * @param {DueAnswer} due
 * @returns {WireAnswer}
 */
function properly({ http_status, body }) {
  if (body !== null) return whole(http_status, 'application/json', JSON.stringify(body));
  return { http_status, headers: { 'content-length': '0' }, body: '', ending: 'complete' };
}

/** @type {(ending: WireAnswer['ending']) => (due: DueAnswer) => WireAnswer} */
const endingWith = (ending) => (due) => ({ ...properly(due), ending });

/** @typedef {(due: DueAnswer, fault: ActiveFault) => WireAnswer} Bend */

/** @type {(change: (body: any, fault: ActiveFault) => object) => Bend} */
const withBody = (change) => (due, fault) => properly({ ...due, body: change(due.body, fault) });

/** @type {Record<string, Bend>} */
const BENT = {
  delay: properly,
  lie: properly,
  hang: endingWith('hang'),
  reset: endingWith('reset'),
  reset_mid_body: endingWith('reset_mid_body'),
  truncated: endingWith('truncated'),
  drip: endingWith('drip'),
  garbage: () => whole(200, 'application/json', GARBAGE),
  html: () => whole(200, 'text/html', HTML),
  empty: () => whole(200, 'application/json', ''),
  no_content: () => ({ http_status: 204, headers: {}, body: '', ending: 'complete' }),
  // A valid success, so that only a client that limits the size rejects it.
  oversize: withBody((body) => ({ ...body, Padding: 'x'.repeat(OVERSIZE_BYTES) })),
  integer_200: withBody((body) => ({ ...body, ErrorCode: Number(body.ErrorCode) })),
  no_error_code: withBody(() => ({ Message: 'Success' })),
  unknown_error_code: withBody((_, fault) => ({ ErrorCode: fault.error_code, Message: 'Something else' })),
  redirect: (_, { location = '' }) => {
    const { headers, ...rest } = whole(302, 'text/html', '');
    return { ...rest, headers: { ...headers, location } };
  },
  http_error: (_, { http_status = 500, retry_after_s }) => {
    const { headers, ...rest } = whole(http_status, 'text/plain', `HTTP ${http_status}\n`);
    /** @type {Record<string, string>} */
    const retry = retry_after_s === undefined ? {} : { 'retry-after': String(retry_after_s) };
    return { ...rest, headers: { ...headers, ...retry } };
  },
};

/**
 * @param {DueAnswer} due
 * @param {ActiveFault | null} fault
 * @returns {WireAnswer}
 */
export function bend(due, fault) {
  return fault ? BENT[fault.fault](due, fault) : properly(due);
}
