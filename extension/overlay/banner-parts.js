// Creates the parts of the banner: live regions, and a box with an icon and lines of text.

import { ICONS } from './banner-style.js';

const div = () => document.createElement('div');

/** @param {'status' | 'alert'} role "status": a screen reader waits for a pause; "alert": it interrupts */
export function liveRegion(role) {
  const region = div();
  region.setAttribute('role', role);
  region.setAttribute('aria-live', role === 'alert' ? 'assertive' : 'polite');
  return region;
}

/** @param {string} name */
const svgElement = (name) => document.createElementNS('http://www.w3.org/2000/svg', name);

/** @param {import('./banner-view.js').View} view */
export function icon(view) {
  const svg = svgElement('svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = svgElement('path');
  path.setAttribute('d', ICONS[view]);
  svg.append(path);
  return svg;
}

/**
 * @param {HTMLElement} region
 * @param {import('./banner-view.js').Content} content
 * @returns {HTMLElement} the box
 */
export function fill(region, { view, lines, dir, lang }) {
  const box = div();
  box.className = `box ${view}`;
  box.dir = dir;
  box.lang = lang;
  const text = div();
  for (const line of lines) {
    const part = div();
    part.textContent = line;
    // A small banner shows only the title, but a screen reader reads all lines.
    if (text.firstChild) part.className = 'more';
    text.append(part);
  }
  box.append(icon(view), text);
  region.replaceChildren(box);
  return box;
}
