// The manual pages: cardmute-host(1) from the program's help and the guide's table of exit codes,
// cardmute.json(5) from the configuration's JSON Schema.

/** The name of a character in troff, which is independent of the encoding. @param {string} character */
const named = (character) =>
  `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
/** Escapes a text so that troff prints it unchanged. @param {string} text */
const plain = (text) => text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll(/^([.'])/gm, '\\&$1')
  .replaceAll(/[^\x00-\x7f]/gu, named);
/** @param {string} text Markdown of one table cell */
const fromMarkdown = (text) => plain(text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll(/[`*]/g, ''));
/** @param {string} word */
const bold = (word) => `\\fB${plain(word)}\\fR`;
/** @param {string} word */
const italic = (word) => `\\fI${plain(word)}\\fR`;

/** @param {string} name @param {number} section @param {string} version @param {number} epoch_s */
function title(name, section, version, epoch_s) {
  const day = new Date(epoch_s * 1000).toISOString().slice(0, 10);
  return `.TH "${name}" ${section} "${day}" "CardMute ${version}" "CardMute"\n`;
}

/** @param {import('./help.mjs').Option} option */
const optionEntry = ({ flags, value, text }) =>
  `.TP\n${flags.map(bold).join(', ')}${value ? ` ${italic(value)}` : ''}\n${plain(text)}\n`;

/**
 * @param {string} guide the administrator's guide
 * @returns {{name: string, number: string, text: string}[]} its table of exit codes
 */
export function exitCodesOf(guide) {
  const [, table = ''] = /^## Exit codes\n([\s\S]*?)(?=^## )/m.exec(guide) ?? [];
  return [...table.matchAll(/^\| (`.*?) \| ([\d, ]+) \| (.*) \|$/gm)]
    .map(([, name, number, text]) => ({ name: name.replaceAll('`', ''), number, text }));
}

/**
 * @param {import('./help.mjs').Help} help
 * @param {{guide: string, version: string, epoch_s: number}} from
 */
export function hostPage({ about, options, commands }, { guide, version, epoch_s }) {
  const own = commands.map(({ name, text, options: more, operand }) => {
    const further = more.filter(({ flags }) => !flags.includes('--help'));
    const usage = `${bold(name)}${operand ? ` [${italic(operand)}]` : ''}`;
    return `.SS "${usage}"\n${plain(text)}.\n${further.map(optionEntry).join('')}`;
  });
  const codes = exitCodesOf(guide).map(({ name, number, text }) =>
    `.TP\n${bold(number)} (${plain(name)})\n${fromMarkdown(text)}\n`);
  return `${title('cardmute-host', 1, version, epoch_s)}.SH NAME
cardmute\\-host \\- mutes call recordings while a payment form is open
.SH SYNOPSIS
${bold('cardmute-host')} ${italic('COMMAND')} [${italic('OPTIONS')}]
.SH DESCRIPTION
${plain(about)}
A browser starts this program for the CardMute extension. A person runs it for the commands below.
.SH OPTIONS
${options.map(optionEntry).join('')}.SH COMMANDS
${own.join('')}.SH EXIT STATUS
0: success. Otherwise the number of the error:
${codes.join('')}.SH FILES
.TP
.I /etc/cardmute/config.json
The configuration of the machine, see
.BR cardmute.json (5).
.TP
.I ~/.config/cardmute/config.json
The configuration of one user.
.TP
.I ~/.config/cardmute/extension.json
The extension that this user has answered in the popup.
.TP
.I ~/.local/state/cardmute
The store and the log of one user.
.SH SEE ALSO
.BR cardmute.json (5)
`;
}

/** @param {any} schema of a value @returns {string} its type, its limits and its default, in words */
function valueOf(schema) {
  const words = [];
  if (schema.enum) words.push(schema.enum.map((/** @type {any} */ one) => JSON.stringify(one)).join(' or '));
  else if (schema.type) words.push([schema.type].flat().join(' or '));
  if (schema.minimum !== undefined) words.push(`${schema.minimum} to ${schema.maximum}`);
  if (schema.maxItems !== undefined) words.push(`at most ${schema.maxItems} items`);
  if (schema.maxLength !== undefined) words.push(`at most ${schema.maxLength} characters`);
  if (schema.default !== undefined) words.push(`default ${JSON.stringify(schema.default)}`);
  return words.join(', ');
}

/**
 * @param {any} schema of an object
 * @param {string} above the key of that object, with a full stop; empty for the whole file
 * @returns {{key: string, schema: any}[]} all keys below that object; a key of a list's items is "list[].key"
 */
export function keysOf(schema, above = '') {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const key = above + name;
    const inside = [member, ...(member.oneOf ?? []), ...(member.anyOf ?? [])];
    return [{ key, schema: member }, ...inside.flatMap((each) => [
      ...keysOf(each, `${key}.`), ...(each.items ? keysOf(each.items, `${key}[].`) : [])])];
  });
}

/** @param {any} schema of the configuration @param {{version: string, epoch_s: number}} from */
export function configurationPage(schema, { version, epoch_s }) {
  const entries = keysOf(schema).map(({ key, schema: member }) => {
    const value = valueOf(member);
    const text = [member.description, value && `${value}.`].filter(Boolean).join(' ');
    return `.TP\n${bold(key)}\n${plain(text || 'A group of keys.')}\n`;
  });
  return `${title('cardmute.json', 5, version, epoch_s)}.SH NAME
cardmute.json \\- the configuration of CardMute
.SH SYNOPSIS
.I /etc/cardmute/config.json
.br
.I ~/.config/cardmute/config.json
.SH DESCRIPTION
${plain(schema.description)}
The machine's file must belong to root and be writable by nobody else.
A user's file may change only what the machine's file allows.
A running host notices a change by itself.
A full example is in
.IR /usr/share/doc/cardmute/examples/config.jsonc ,
the schema in
.IR /usr/share/cardmute/config.schema.json .
.SH KEYS
${entries.join('')}.SH SEE ALSO
.BR cardmute\\-host (1)
`;
}
