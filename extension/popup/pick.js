// Brings the picker into the tab that the popup was opened over.

/** From the root: Firefox would look for it beside the page that asks. */
const PICKER_FILE = '/picker.js';

/**
 * @param {Pick<typeof import('../common/api.js').api, 'tabs'|'scripting'>} api
 * @returns {Promise<boolean>} whether it is there: the browser keeps extensions off some of its pages
 */
export async function bringPicker(api) {
  try {
    const [tab] = await api.tabs.query({ active: true, currentWindow: true });
    const [top] = await api.scripting.executeScript({
      target: { tabId: tab.id ?? -1, allFrames: true }, files: [PICKER_FILE], injectImmediately: true,
    });
    return !('error' in top); // where Firefox has it
  } catch {
    return false;
  }
}
