# The unit may have gone already, so the link is removed as well.
if command -v systemctl >/dev/null; then
  systemctl --global disable cardmute-settle.timer >/dev/null 2>&1 || true
fi
rm -f /etc/systemd/user/timers.target.wants/cardmute-settle.timer
