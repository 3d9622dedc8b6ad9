// Zooms a page as a person does, with the browser's own zoom. The automation goes on counting in CSS pixels.
import { until } from './until.js';

/**
 * @param {any} popup any page of the extension, which asks the browser to zoom
 * @param {any} page the only tab with its address
 * @param {number} factor 2 for 200 %
 */
export async function zoomTo(popup, page, factor) {
  const zoomed = () => popup.evaluate(async (url, wanted) => {
    const { tabs } = globalThis.browser ?? globalThis.chrome;
    const tab = (await tabs.query({})).find((one) => one.url === url);
    if (wanted !== null) await tabs.setZoom(tab.id, wanted);
    return tabs.getZoom(tab.id);
  }, page.url(), factor);
  await until(`a page at ${100 * factor} %`, async () => Math.abs(await zoomed() - factor) < 0.01
    && await page.evaluate('devicePixelRatio') === factor);
}
