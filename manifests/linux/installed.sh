# Runs only at the first installation: later, an administrator may have switched the timer off.
if command -v systemctl >/dev/null; then
  systemctl --global preset cardmute-settle.timer >/dev/null 2>&1 || true
fi
