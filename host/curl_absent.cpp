// Replaces libraries for protocols that Debian's libcurl supports and the host never uses: FTP over
// SSH, LDAP, RTMP, Kerberos. The host links libcurl statically (README.md), so that these libraries
// are not loaded at every start. http/transfer.cpp allows only http and https.
// http/transfer_options.cpp turns off libcurl's decoding of bodies, and Kerberos at a SOCKS proxy.
#include <cstdlib>

// libcurl calls some of these functions nevertheless: at the start, for its version, and for a host
// name that is not ASCII. They report failure for such a host name and, if a proxy asks for it, for
// Kerberos.
extern "C" {
int libssh2_init(int /*flags*/) { return 0; }
void libssh2_exit() {}
const char* libssh2_version(int /*required*/) { return "absent"; }
const char* psl_get_version() { return "absent"; }
int ldap_get_option(void* /*session*/, int /*option*/, void* /*value*/) { return -1; }
const char* idn2_check_version(const char* /*required*/) { return "absent"; }
int idn2_lookup_ul(const char* /*name*/, char** /*result*/, int /*flags*/) { return -1; }
unsigned ZSTD_versionNumber() { return 0; }
void* ZSTD_createDStream() { return nullptr; }
extern const void* const GSS_C_NT_HOSTBASED_SERVICE = nullptr;
constexpr unsigned kGssFailure = 13U << 16U;  // GSS_S_FAILURE, RFC 2744
unsigned gss_import_name() { return kGssFailure; }
unsigned gss_init_sec_context() { return kGssFailure; }
unsigned gss_display_status() { return kGssFailure; }
unsigned gss_release_name() { return kGssFailure; }
unsigned gss_release_buffer() { return kGssFailure; }
unsigned gss_delete_sec_context() { return kGssFailure; }

// libcurl never calls these in the host.
#define ABSENT(name) \
  void name() { std::abort(); }
// clang-format off
ABSENT(RTMP_Alloc) ABSENT(RTMP_Close) ABSENT(RTMP_Connect1) ABSENT(RTMP_ConnectStream)
ABSENT(RTMP_Free) ABSENT(RTMP_Init) ABSENT(RTMP_Read) ABSENT(RTMP_SetBufferMS)
ABSENT(RTMP_SetupURL) ABSENT(RTMP_Write) ABSENT(ZSTD_decompressStream) ABSENT(ZSTD_freeDStream)
ABSENT(ZSTD_isError) ABSENT(ber_bvfree) ABSENT(ber_free)
ABSENT(ber_memfree) ABSENT(ber_memvfree) ABSENT(ber_sockbuf_add_io)
ABSENT(gss_display_name) ABSENT(gss_inquire_context) ABSENT(gss_unwrap) ABSENT(gss_wrap)
ABSENT(idn2_free) ABSENT(ldap_abandon_ext) ABSENT(ldap_err2string) ABSENT(ldap_free_urldesc)
ABSENT(ldap_get_attribute_ber) ABSENT(ldap_get_dn_ber)
ABSENT(ldap_init_fd) ABSENT(ldap_memfree) ABSENT(ldap_msgfree) ABSENT(ldap_msgtype)
ABSENT(ldap_parse_result) ABSENT(ldap_parse_sasl_bind_result) ABSENT(ldap_pvt_url_scheme2proto)
ABSENT(ldap_result) ABSENT(ldap_sasl_bind) ABSENT(ldap_search_ext) ABSENT(ldap_set_option)
ABSENT(ldap_start_tls) ABSENT(ldap_unbind_ext) ABSENT(ldap_url_parse)
ABSENT(libssh2_agent_connect) ABSENT(libssh2_agent_disconnect) ABSENT(libssh2_agent_free)
ABSENT(libssh2_agent_get_identity) ABSENT(libssh2_agent_init)
ABSENT(libssh2_agent_list_identities) ABSENT(libssh2_agent_userauth)
ABSENT(libssh2_channel_free) ABSENT(libssh2_channel_read_ex) ABSENT(libssh2_channel_send_eof)
ABSENT(libssh2_channel_wait_closed) ABSENT(libssh2_channel_wait_eof)
ABSENT(libssh2_channel_write_ex) ABSENT(libssh2_hostkey_hash) ABSENT(libssh2_knownhost_add)
ABSENT(libssh2_knownhost_checkp) ABSENT(libssh2_knownhost_del) ABSENT(libssh2_knownhost_free)
ABSENT(libssh2_knownhost_get) ABSENT(libssh2_knownhost_init) ABSENT(libssh2_knownhost_readfile)
ABSENT(libssh2_knownhost_writefile) ABSENT(libssh2_scp_recv2) ABSENT(libssh2_scp_send64)
ABSENT(libssh2_session_abstract) ABSENT(libssh2_session_block_directions)
ABSENT(libssh2_session_callback_set) ABSENT(libssh2_session_disconnect_ex)
ABSENT(libssh2_session_flag) ABSENT(libssh2_session_free) ABSENT(libssh2_session_handshake)
ABSENT(libssh2_session_hostkey) ABSENT(libssh2_session_init_ex)
ABSENT(libssh2_session_last_errno) ABSENT(libssh2_session_last_error)
ABSENT(libssh2_session_method_pref) ABSENT(libssh2_session_set_blocking)
ABSENT(libssh2_sftp_close_handle) ABSENT(libssh2_sftp_init) ABSENT(libssh2_sftp_last_error)
ABSENT(libssh2_sftp_mkdir_ex) ABSENT(libssh2_sftp_open_ex) ABSENT(libssh2_sftp_read)
ABSENT(libssh2_sftp_readdir_ex) ABSENT(libssh2_sftp_rename_ex) ABSENT(libssh2_sftp_rmdir_ex)
ABSENT(libssh2_sftp_seek64) ABSENT(libssh2_sftp_shutdown) ABSENT(libssh2_sftp_stat_ex)
ABSENT(libssh2_sftp_statvfs) ABSENT(libssh2_sftp_symlink_ex) ABSENT(libssh2_sftp_unlink_ex)
ABSENT(libssh2_sftp_write) ABSENT(libssh2_userauth_authenticated)
ABSENT(libssh2_userauth_keyboard_interactive_ex) ABSENT(libssh2_userauth_list)
ABSENT(libssh2_userauth_password_ex) ABSENT(libssh2_userauth_publickey_fromfile_ex)
ABSENT(psl_builtin) ABSENT(psl_free) ABSENT(psl_is_cookie_domain_acceptable) ABSENT(psl_latest)
// clang-format on
#undef ABSENT
}
