# Prints what zsh offers for a command line, a word a line: zsh -f zsh-completions.zsh FOLDER 'COMMAND LINE'
# FOLDER has the completion function. A real interactive zsh completes on a pseudo-terminal; only compadd, with
# which completion functions hand over their matches, prints them as well.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -u -D"
zpty -w shell '
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-[OAD]\ * ]]; then builtin compadd "$@"; return; fi
  local -a matches
  builtin compadd -A matches "$@"
  local match; for match in $matches; do print -r -- "<$match>"; done
  builtin compadd "$@"
}
end-of-list() { print -r -- "<end of list>"; exit }
comppostfuncs=(end-of-list)
stty -echo
bindkey "^I" complete-word
print -r -- "<""ready>"'
local text=''
while [[ $text != *'<ready>'* ]]; do zpty -r shell text || exit 1; done
zpty -w -n shell "$2"$'\t'
while zpty -r shell text; do
  text=${text%%$'\r'#$'\n'}
  [[ $text == *'<end of list>'* ]] && exit 0
  [[ $text == *'<'*'>'* ]] && print -r -- "${${text##*<}%%>*}"
done
exit 1
