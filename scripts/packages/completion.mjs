// Completion of the command line for bash and zsh, from the program's help.

/** @typedef {import('./help.mjs').Command} Command */
/** @typedef {import('./help.mjs').Option} Option */

/** @param {Option} option @returns {string[]} the words that its value may be; empty if any word may be */
function choicesOf({ text }) {
  const [list = ''] = /^[a-z]+(, [a-z]+)* or [a-z]+/.exec(text) ?? [];
  return list.split(/, | or /).filter(Boolean);
}

/** How bash completes an option's value: arguments for compgen. @param {Option} option */
function bashValue(option) {
  const choices = choicesOf(option);
  if (choices.length > 0) return `-W '${choices.join(' ')}'`;
  return /** @type {Record<string, string>} */ ({ FILE: '-f', DIR: '-d' })[option.value] ?? '-W \'\'';
}

/** @param {Command} command @param {string[]} shared flags of every command */
const flagsOf = ({ options }, shared) =>
  [...new Set([...options.flatMap(({ flags }) => flags), ...shared])].join(' ');

/** @param {import('./help.mjs').Help} help */
export function bashCompletion({ options, commands }) {
  const shared = options.flatMap(({ flags }) => flags);
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap(({ name, options: own }) => own.filter(({ value }) => value !== '')
    .map((option) => `    ${option.flags.map((flag) => `'${name} ${flag}'`).join('|')}) ` +
      `what=(${bashValue(option)}) ;;`));
  const cases = commands.map((command) => {
    const words = flagsOf(command, shared) + (command.name === 'help' ? ` ${names}` : '');
    return `    ${command.name}) words="${words}" ;;`;
  });
  return `# bash completion for cardmute-host
_cardmute_host() {
  local word command='' words current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  local -a what=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  # Bash takes the equals sign of --option=VALUE for a word.
  if [ "$current" = = ]; then current=''
  elif [ "$before" = = ]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case "$command $before" in
${values.join('\n')}
  esac
  case $command in
${cases.join('\n')}
    *) words="${names} ${shared.join(' ')}" ;;
  esac
  [ \${#what[@]} -gt 0 ] || what=(-W "$words")
  mapfile -t COMPREPLY < <(compgen "\${what[@]}" -- "$current")
}
complete -o filenames -F _cardmute_host cardmute-host
`;
}

/**
 * Escapes a text for a string in single quotes of zsh. Brackets and colons are escaped for _arguments, too.
 * @param {string} text
 */
const inZsh = (text) => text.replaceAll('\'', '\'\\\'\'').replaceAll(/[[\]:]/g, '\\$&');

/** How zsh completes an option's value. @param {Option} option */
function zshValue(option) {
  if (option.value === '') return '';
  const choices = choicesOf(option);
  const plain = /** @type {Record<string, string>} */ ({ FILE: '_files', DIR: '_files -/' })[option.value];
  return `:${inZsh(option.value)}:${choices.length > 0 ? `(${choices.join(' ')})` : plain ?? ' '}`;
}

/** @param {Option} option */
const zshOption = (option) =>
  option.flags.map((flag) => `'${flag}[${inZsh(option.text)}]${zshValue(option)}'`).join(' ');

/** @param {import('./help.mjs').Help} help */
export function zshCompletion({ options, commands }) {
  const list = commands.map(({ name, text }) => `      '${name}:${inZsh(text)}'`);
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, options: own }) =>
    `      ${name}) _arguments ${[...own, ...options.slice(1)].map(zshOption).join(' ')}` +
    `${name === 'help' ? ` '1:command:(${names})'` : ''} ;;`);
  return `#compdef cardmute-host
local curcontext=$curcontext state line
_arguments -C ${options.map(zshOption).join(' ')} '1: :->command' '*:: :->options'
case $state in
  command)
    local -a commands
    commands=(
${list.join('\n')}
    )
    _describe command commands ;;
  options)
    case $words[1] in
${cases.join('\n')}
    esac ;;
esac
`;
}
