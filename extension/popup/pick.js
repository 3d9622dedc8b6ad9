// Injects the picker into the tab over which the popup was opened.

/** From the root, because Firefox resolves any other path against the popup's address. */
const PICKER_FILE = '/picker.js';

/**
 * @param {Pick<typeof import('../common/api.js').api, 'tabs'|'scripting'>} api
 * @returns {Promise<boolean>} whether it was injected; browsers keep extensions off some pages
 */
export async function bringPicker(api) {
  try {
    const [tab] = await api.tabs.query({ active: true, currentWindow: true });
    const [top] = await api.scripting.executeScript({
      target: { tabId: tab.id ?? -1, allFrames: true }, files: [PICKER_FILE], injectImmediately: true,
    });
    return !('error' in top); // Firefox reports a failure here
  } catch {
    return false;
  }
}
