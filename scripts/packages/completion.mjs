// Completion of the command line for bash and zsh, from the program's help.

/** @typedef {import('./help.mjs').Command} Command */

/** @param {Command} command @param {string[]} shared flags of every command */
const flagsOf = ({ options }, shared) =>
  [...new Set([...options.flatMap(({ flags }) => flags), ...shared])].join(' ');

/** @param {import('./help.mjs').Help} help */
export function bashCompletion({ options, commands }) {
  const shared = options.flatMap(({ flags }) => flags);
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map((command) => {
    const words = flagsOf(command, shared) + (command.name === 'help' ? ` ${names}` : '');
    return `    ${command.name}) words="${words}" ;;`;
  });
  return `# bash completion for cardmute-host
_cardmute_host() {
  local word command='' words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  case $command in
${cases.join('\n')}
    *) words="${names} ${shared.join(' ')}" ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _cardmute_host cardmute-host
`;
}

/**
 * Escapes a text for single quotes of zsh, and so that _arguments takes no bracket or colon in it for syntax.
 * @param {string} text
 */
const inZsh = (text) => text.replaceAll('\'', '\'\\\'\'').replaceAll(/[[\]:]/g, '\\$&');

/** @param {import('./help.mjs').Option} option */
const zshOption = ({ flags, value, text }) =>
  flags.map((flag) => `'${flag}[${inZsh(text)}]${value ? `:${inZsh(value)}:_files` : ''}'`).join(' ');

/** @param {import('./help.mjs').Help} help */
export function zshCompletion({ options, commands }) {
  const list = commands.map(({ name, text }) => `    '${name}:${inZsh(text)}'`);
  const cases = commands.map(({ name, options: own }) =>
    `    ${name}) _arguments ${[...own, ...options.slice(1)].map(zshOption).join(' ')} ;;`);
  return `#compdef cardmute-host
local -a commands
if (( CURRENT == 2 )); then
  commands=(
${list.join('\n')}
  )
  _describe command commands
else
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
fi
`;
}
