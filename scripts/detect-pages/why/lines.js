// What `scripts/detect --why` prints of a page.

/** @typedef {import('./main.js').Form} Form */

/** @param {import('./main.js').Field} field */
function fieldLine({ field, evidence, seen, says }) {
  const { kind = 'no card field', sure = false, inCard = false } = evidence ?? {};
  const marks = [sure ? 'enough by itself' : '', inCard ? 'among card fields' : '',
    evidence && !seen ? 'not visible' : ''].filter(Boolean);
  const taken = [kind, ...marks].join(', ');
  return `    ${field}: ${taken}${says.length > 0 ? ` (${says.join('; ')})` : ''}`;
}

/**
 * @param {string} frame the frame's address; empty for the page itself
 * @param {Form[]} forms
 * @returns {string[]}
 */
export function whyLines(frame, forms) {
  if (forms.length === 0) return [];
  return [
    ...(frame ? [`  frame ${frame}`] : []),
    ...forms.flatMap(({ form, reason, short_of, fields }) => [
      `  ${form}: ${reason === null ? `no payment form: short of ${short_of}` : `payment form: ${reason}`}`,
      ...fields.map(fieldLine),
    ]),
  ];
}
