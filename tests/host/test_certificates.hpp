// A throw-away certificate authority and one server certificate, for the tests of TLS.
#pragma once

#include <filesystem>
#include <string>

namespace cardmute::test {

struct Certificates {
  // Files in PEM.
  std::filesystem::path ca;
  std::filesystem::path certificate;
  std::filesystem::path key;
};

// `names`: the hosts of the server certificate in OpenSSL's notation: "IP:127.0.0.1" or
// "DNS:a.test". Writes three files into `folder`, which must exist.
Certificates make_certificates(const std::filesystem::path& folder, const std::string& names);

}  // namespace cardmute::test
