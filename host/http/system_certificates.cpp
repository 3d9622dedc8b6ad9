#include "http/system_certificates.hpp"

#include <array>
#include <system_error>

namespace cardmute::http {

std::string first_that_exists(std::span<const std::filesystem::path> files) {
  for (const auto& file : files) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file.string();
  }
  return {};
}

#ifdef _WIN32

// Windows keeps its certificates in a store, where Schannel finds them.
std::string system_ca_file() { return {}; }

#else

std::string system_ca_file() {
  // The same list as in Go's crypto/x509, root_linux.go.
  static const std::array<std::filesystem::path, 6> kFiles{
      "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch
      "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL 6
      "/etc/ssl/ca-bundle.pem",                             // openSUSE
      "/etc/pki/tls/cacert.pem",                            // OpenELEC
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // RHEL 7 and later
      "/etc/ssl/cert.pem"};                                 // Alpine
  return first_that_exists(kFiles);
}

#endif

}  // namespace cardmute::http
