// A throw-away certification authority and one server certificate, for the tests of TLS.
#pragma once

#include <filesystem>
#include <string>

namespace cardmute::test {

struct Certificates {
  std::filesystem::path ca;  // all PEM
  std::filesystem::path certificate;
  std::filesystem::path key;
};

// `names`: for whom the certificate is good, as OpenSSL writes it: "IP:127.0.0.1" or "DNS:a.test".
// Writes three files into `folder`, which must exist.
Certificates make_certificates(const std::filesystem::path& folder, const std::string& names);

}  // namespace cardmute::test
