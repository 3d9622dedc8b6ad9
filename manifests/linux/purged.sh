# A purge also removes the machine's configuration. The files of each person stay.
rm -rf /etc/cardmute
