# Before the last files go.
if command -v systemctl >/dev/null; then
  systemctl --global disable cardmute-settle.timer >/dev/null 2>&1 || true
fi
