# The machine's configuration goes with the package; what belongs to a person stays.
rm -rf /etc/cardmute
