// Creates the panel that shows the rule for the picked element.

/**
 * @typedef {Record<string, string>} Texts
 * @typedef {import('../common/picker-messages.js').Pick} Pick
 */

/** @param {string} name @param {string} text @param {string} [className] */
function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** @param {HTMLTextAreaElement} area with the text @returns {Promise<boolean>} whether it was copied */
async function copy(area, /** @type {string} */ text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages served without encryption have no `navigator.clipboard`.
    area.select();
    return document.execCommand('copy');
  }
}

/**
 * @param {Pick} pick
 * @param {Texts} texts
 * @param {() => void} onClose
 * @returns {{panel: HTMLElement, focus: () => void}}
 */
export function createPanel({ selector, count, isWeak, rule, detected }, texts, onClose) {
  const json = JSON.stringify(rule, null, 2);
  const panel = element('section', '', 'panel');
  const heading = element('h2', texts.heading);
  const found = element('code', selector, 'selector');
  const label = /** @type {HTMLLabelElement} */ (element('label', texts.json));
  const area = document.createElement('textarea');
  const copying = element('button', texts.copy);
  const closing = element('button', texts.close);
  const said = element('p', '', 'said');
  const buttons = element('div', '', 'buttons');

  heading.id = 'heading';
  heading.tabIndex = -1;
  found.dir = area.dir = 'ltr';
  label.htmlFor = area.id = 'json';
  area.readOnly = true;
  area.rows = json.split('\n').length;
  area.textContent = json;
  said.setAttribute('role', 'status');
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-labelledby', 'heading');
  copying.addEventListener('click', async () => {
    said.textContent = await copy(area, json) ? texts.copied : texts.not_copied;
  });
  closing.addEventListener('click', onClose);
  buttons.append(copying, closing);
  panel.append(heading, element('p', texts.selector), found,
    element('p', count === 1 ? texts.one : texts.many.replace('{count}', String(count)),
      count === 1 ? '' : 'warning'),
    ...isWeak ? [element('p', texts.weak, 'warning')] : [],
    element('p', texts[detected], detected === 'unwatched' ? 'warning' : ''),
    label, area, element('p', texts.where), buttons, said);
  return { panel, focus: () => heading.focus() };
}
