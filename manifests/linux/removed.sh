# If the unit's file is gone already, systemctl does not remove the link.
if command -v systemctl >/dev/null; then
  systemctl --global disable cardmute-settle.timer >/dev/null 2>&1 || true
fi
rm -f /etc/systemd/user/timers.target.wants/cardmute-settle.timer
