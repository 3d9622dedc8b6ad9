// Answers GetExtensionsCalls: the extensions and their active calls in the documented shape.

/** @typedef {import('./calls.js').Calls} Calls */
/** @typedef {import('./calls.js').Call} Call */
/** @typedef {import('./options.js').Settings} Settings */

/** @param {number | null} at_ms */
const epochSeconds = (at_ms) => (at_ms === null ? 0 : Math.floor(at_ms / 1000));

/** @param {Call} call */
function describeCall(call) {
  return {
    callStarted: epochSeconds(call.started_at_ms),
    callAnswered: epochSeconds(call.answered_at_ms),
    answered: call.answered_at_ms === null ? 0 : 1,
    callername: 'Simulated Customer',
    callerphone: '0500000000',
    callstatus: call.status,
    customdata: {},
    direction: call.direction,
    ivrid: call.ivrid,
    recording: { Filename: `${call.ivrid}.mp3`, IsMuted: call.is_muted ? 1 : 0 },
    did: '',
  };
}

/**
 * @param {Calls} calls
 * @param {string} extension
 * @param {number} index
 */
function describeExtension(calls, extension, index) {
  return {
    name: `Extension ${extension}`,
    representative: `Representative ${index + 1}`,
    username: extension,
    extensionID: 1000 + index,
    userID: 2000 + index,
    onlineUserStatus: 1,
    calls: calls
      .active()
      .filter((call) => call.extension === extension)
      .map(describeCall),
  };
}

const failed = (/** @type {number} */ err, /** @type {string} */ desc) => ({
  http_status: 200,
  body: { ERR: err, DESC: desc },
});

const listing = (/** @type {object[]} */ extensions) => ({
  http_status: 200,
  body: { ERR: 0, DESC: 'OK', EXTENSIONS: extensions },
});

const badlyFormed = () => failed(1, 'Authorization failed.');
const badValues = () => failed(2, 'Bad values.');

/** @type {Record<Settings['wrong_code_answer'], () => { http_status: number, body: object }>} */
const WRONG_CODE_ANSWERS = {
  empty: () => listing([]),
  err_1: badlyFormed,
  err_2: badValues,
  http_403: () => ({ http_status: 403, body: { ERR: 403, DESC: 'Forbidden' } }),
};

/**
 * @param {Calls} calls
 * @param {Record<string, unknown> | null} parameters
 * @param {Settings} settings
 * @returns {{ http_status: number, body: object }}
 */
export function answerActiveCalls(calls, parameters, settings) {
  if (parameters === null || parameters.code === undefined) return badlyFormed();
  const { code, extension } = parameters;
  if (typeof code !== 'string') return badValues();
  if (extension !== undefined && (typeof extension !== 'string' || extension === '')) return badValues();
  if (code !== settings.code) return WRONG_CODE_ANSWERS[settings.wrong_code_answer]();
  return listing(
    calls
      .extensions()
      .map((each, index) => describeExtension(calls, each, index))
      .filter(({ username }) => extension === undefined || username === extension),
  );
}
