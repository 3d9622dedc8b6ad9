# To be sourced by the other scripts: enters the project's folder, and defines steps that show their progress.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The folder from which a person called the script. File names that the person gives are relative to it.
called_from=$PWD
# Sets $0: a script prints its own first lines as its help, wherever it was called from.
BASH_ARGV0=$(realpath "$0")
cd "$root"
failed_test='^ *not ok|^\[  FAILED  \]|: Failure$'
logs=$root/build/logs
# Lets all working copies share what ccache has compiled in one of them.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
mkdir -p "$logs"
# Nothing is ever written to this descriptor, so reading it with a timeout is a pause. `sleep` would be a process,
# which outlives a killed step.
exec {never}<> <(:)
pause() { read -r -t "$1" -u "$never" || true; }

# On a terminal, a running step rewrites the last line every second; otherwise it prints a line every report_every_s.
live=$([ -t 1 ] && echo yes || echo no)
report_every_s=60

log_of() { echo "$logs/${1//[^A-Za-z0-9]/-}.log"; }

# Prints the closing lines of a test runner's log.
closing_lines() {
  basename "$1" .log
  tr -d '\r' <"$1" | grep -E '^# (tests|pass|fail|skipped) |^\[==========\] .* ran|^\[  (PASSED|FAILED)  \]' |
    sed 's/^/  /' || true
}

# The progress in a step's log: ninja's counter, or the number of tests that have ended.
progress_of() {
  local counter tests
  counter=$(tail -c 2000 "$1" | grep -oE '^\[[0-9]+/[0-9]+\]' | tail -n 1) || true
  tests=$(grep -cE '^ *ok [0-9]+|^\[       OK \]' "$1") || true
  if [ -n "$counter" ]; then echo ", $counter"; elif [ "${tests:-0}" -gt 0 ]; then echo ", $tests passed"; fi
}

# Reports, while a step runs, its time so far, the usual time, its progress and its log.
report_progress() {
  local name=$1 log=$2 usual=$3 started=$SECONDS line
  while kill -0 "$$" 2>/dev/null; do
    if [ "$live" = yes ]; then pause 1; else pause "$report_every_s"; fi
    line=$(printf '%-58s %4ds%s%s, %s' "$name" $((SECONDS - started)) "$usual" "$(progress_of "$log")" \
      "${log#"$root"/}")
    if [ "$live" = yes ]; then printf '\r\033[K%s' "${line:0:$(($(tput cols 2>/dev/null || echo 80) - 1))}"
    else printf '… %s\n' "$line"; fi
  done
}

# [about=MINUTES] step NAME COMMAND…: runs it, shows its progress, and says how long it took. The command's
# output goes to build/logs/NAME.log. If the command fails, step shows its failures or the end of its output,
# and returns its code. With quiet=yes it shows no progress, because another step shows its own.
step() {
  local name=$1 log started=$SECONDS usual='' reporter code=0
  shift
  log=$(log_of "$name")
  [ -z "${about:-}" ] || usual=" of about $about min"
  : >"$log"
  reporter=''
  if [ "${quiet:-no}" = no ]; then
    report_progress "$name" "$log" "$usual" &
    reporter=$!
  fi
  "$@" >"$log" 2>&1 </dev/null || code=$?
  if [ -n "$reporter" ]; then
    kill "$reporter" 2>/dev/null || true
    wait "$reporter" 2>/dev/null || true
  fi
  [ "$live" = no ] || printf '\r\033[K'
  if [ "$code" -eq 0 ]; then
    printf '%-58s ok  %4ds\n' "$name" $((SECONDS - started))
    return 0
  fi
  printf '%-58s FAILED  %ds\n' "$name" $((SECONDS - started))
  # Shows the failures in a test runner's output, or otherwise the end of the output.
  if grep -qE "$failed_test" "$log"; then
    grep -E -A 30 "$failed_test" "$log" | head -n 200 || true
  else
    tail -n 80 "$log"
  fi
  printf 'The whole output: %s\n' "${log#"$root"/}"
  return "$code"
}
