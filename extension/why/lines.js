// Writes what decided about the forms of a frame as lines of text, for the popup and `scripts/detect --why`.

/** @typedef {import('./forms.js').Form} Form */

/** @param {import('./forms.js').Field} field */
function fieldLine({ field, evidence, seen, says }) {
  const { kind = 'no card field', sure = false, inCard = false } = evidence ?? {};
  const marks = [sure ? 'enough by itself' : '', inCard ? 'among card fields' : '',
    evidence && !seen ? 'not visible' : ''].filter(Boolean);
  const taken = [kind, ...marks].join(', ');
  return `  ${field}: ${taken}${says.length > 0 ? ` (${says.join('; ')})` : ''}`;
}

/** @param {Form[]} forms @returns {string[]} */
export const linesOf = (forms) => forms.flatMap(({ form, reason, short_of, fields }) => [
  `${form}: ${reason === null ? `no payment form: short of ${short_of}` : `payment form: ${reason}`}`,
  ...fields.map(fieldLine),
]);
