// Finds the place of the words that decided, such as a field's label.
import { columnHeadOf, headingsOf } from '../detect/context.js';
import { BOUND, OF_FRAMES, SHOWN, withComponents } from '../detect/evidence.js';
import { words } from '../detect/fields.js';
import { labelOf, textBefore } from '../detect/labels.js';
import { isFrame } from '../dom/frames.js';
import { attribute } from '../dom/shadow.js';

/**
 * @param {Element} field
 * @returns {[string, string][]} for each text of the field, the name of its place, and the text
 */
function textsOf(field) {
  const elements = isFrame(field) ? [field] : withComponents(field);
  const attributes = [...SHOWN, 'name', 'id', ...BOUND, ...OF_FRAMES];
  return elements.flatMap((element) => {
    const before = textBefore(element).map(words);
    return /** @type {[string, string][]} */ ([
      ['label', words(labelOf(element))],
      ...attribute(element, 'autocomplete').toLowerCase().split(/\s+/)
        .map((/** @type {string} */ token) => ['autocomplete', token]),
      ...attributes.map((name) => [name, words(attribute(element, name))]),
      ['column head', columnHeadOf(element)],
      ['text before it', words(textBefore(element).join(' '))],
      ...before.map((text) => ['text before it', text]),
      ...headingsOf(element).map((text) => ['heading', text]),
    ]);
  });
}

/** @param {Element} field @param {string} text @returns {string} such as `label "card number"` */
export function sourceOf(field, text) {
  const [place = 'text'] = textsOf(field).find(([, said]) => said === text) ?? [];
  return `${place} "${text}"`;
}
