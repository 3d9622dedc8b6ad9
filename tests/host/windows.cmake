# The unit tests that are not built for Windows, with the reasons. tests/windows/skipped.mjs names those that
# are built but cannot pass under Wine.
# GCC warns about members that a designated initializer leaves to their defaults. clang, which builds the
# tests elsewhere, does not.
add_compile_options(-Wno-missing-field-initializers)
set(tls "")
set(not_for_windows
    # They test what only POSIX has: signals, descriptors, owners and modes, sockets of the system's log.
    config_files_test log_syslog_test native_messaging_channel_test platform_machine_test platform_own_folder_test
    platform_test platform_trusted_file_test
    # They remove rights on a file by its mode, and act as another user.
    store_failures_test store_ledger_test
    # Their server uses POSIX' sockets and OpenSSL. The process tests cover TLS, with Node.js.
    http_answer_test http_failure_test http_proxy_test http_tls_test http_warm_test test_certificates test_names test_server)
list(JOIN not_for_windows "|" pattern)
list(FILTER test_sources EXCLUDE REGEX "/(${pattern})\\.cpp$")

# The program with which tests/windows plays a browser.
add_executable(played-browser ${PROJECT_SOURCE_DIR}/tests/windows/played_browser.cpp)
target_link_options(played-browser PRIVATE -municode)
target_link_libraries(played-browser PRIVATE cardmute_platform nlohmann_json::nlohmann_json)
