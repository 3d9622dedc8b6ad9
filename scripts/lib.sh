# What the other scripts share: where the project is, and how a step is told. Source it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
failed_test='^ *not ok|^\[  FAILED  \]|: Failure$'
logs=$root/build/logs
mkdir -p "$logs"

# step NAME COMMAND…: says what is being done and for how long it took. The command's output goes to
# build/logs/NAME.log and is shown only when it fails.
step() {
  local name=$1 log started
  shift
  log=$logs/${name//[^A-Za-z0-9]/-}.log
  started=$SECONDS
  printf '%-58s' "$name"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf ' ok  %4ds\n' $((SECONDS - started))
  else
    local code=$?
    printf ' FAILED  %ds\n' $((SECONDS - started))
    # Of a test runner's output what failed, wherever it stands; else the end.
    if grep -qE "$failed_test" "$log"; then
      grep -E -A 30 "$failed_test" "$log" | head -n 200 || true
    else
      tail -n 80 "$log"
    fi
    printf 'The whole of it is in %s\n' "${log#"$root"/}"
    return "$code"
  fi
}
