// Saves 0.9 MiB (measured) where the system's libcurl links GnuTLS for RTMP, which is never used
// here. GnuTLS initialises itself in every process that loads it, unless this function says no
// (GNUTLS_SKIP_GLOBAL_INIT in its header). A libcurl that uses GnuTLS for TLS initialises it
// explicitly.

extern "C" int _gnutls_global_init_skip();
extern "C" int _gnutls_global_init_skip() { return 1; }
