// Only the program itself links this. The system's libcurl may bring GnuTLS along for RTMP, which
// is never used here, and GnuTLS prepares itself in every process that loads it: measured, 0.9 MiB.
// Before that it asks this function whether it should not (GNUTLS_SKIP_GLOBAL_INIT in its header).
// A libcurl that does use it for TLS prepares it by itself.

extern "C" int _gnutls_global_init_skip();
extern "C" int _gnutls_global_init_skip() { return 1; }
