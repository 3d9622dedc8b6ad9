// Injects the picker into the tab over which the popup was opened.

/** An absolute path, because Firefox resolves a relative path against the popup's address. */
const PICKER_FILE = '/picker.js';

/** @typedef {Pick<typeof import('../common/api.js').api, 'tabs'|'scripting'>} Api */

/** @param {Api} api @returns {Promise<number | undefined>} the tab over which the popup is open */
export async function tabBelow(api) {
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

/**
 * @param {Api} api
 * @returns {Promise<boolean>} whether the picker was injected; browsers keep extensions off some pages
 */
export async function bringPicker(api) {
  try {
    const tabId = await tabBelow(api) ?? -1;
    const [top] = await api.scripting.executeScript({
      target: { tabId, allFrames: true }, files: [PICKER_FILE], injectImmediately: true,
    });
    return !('error' in top); // Firefox reports a failure in the result
  } catch {
    return false;
  }
}
