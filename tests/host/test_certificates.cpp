#include "test_certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace cardmute::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long kHour_s = 60L * 60;

void check(bool good) {
  if (!good) throw std::runtime_error("OpenSSL made no certificate");
}

Key make_key() {
  Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  check(key != nullptr);
  return key;
}

void extend(X509* certificate, X509* issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()), X509_EXTENSION_free);
  check(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

// Makes a certificate that is valid from an hour ago to an hour from now. `issuer`: null if it
// signs itself.
Certificate make_certificate(const std::string& name, long serial, EVP_PKEY* key, X509* issuer) {
  Certificate certificate(X509_new(), X509_free);
  check(certificate != nullptr);
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
  X509_gmtime_adj(X509_getm_notBefore(x), -kHour_s);
  X509_gmtime_adj(X509_getm_notAfter(x), kHour_s);
  X509_set_pubkey(x, key);
  X509_NAME* subject = X509_get_subject_name(x);
  const std::basic_string<unsigned char> text(name.begin(), name.end());
  check(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text.c_str(), -1, -1, 0) == 1);
  X509_set_issuer_name(x, issuer != nullptr ? X509_get_subject_name(issuer) : subject);
  return certificate;
}

template <typename Write>
void write_file(const std::filesystem::path& path, Write write) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "w"),
                                                             std::fclose);
  check(file != nullptr && write(file.get()) == 1);
}

}  // namespace

Certificates make_certificates(const std::filesystem::path& folder, const std::string& names) {
  const Key ca_key = make_key();
  const Certificate ca = make_certificate("CardMute test CA", 1, ca_key.get(), nullptr);
  extend(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE");
  check(X509_sign(ca.get(), ca_key.get(), EVP_sha256()) > 0);

  const Key key = make_key();
  const Certificate server = make_certificate("CardMute test server", 2, key.get(), ca.get());
  extend(server.get(), ca.get(), NID_subject_alt_name, names);
  check(X509_sign(server.get(), ca_key.get(), EVP_sha256()) > 0);

  Certificates files{folder / "ca.pem", folder / "server.pem", folder / "server.key"};
  write_file(files.ca, [&](std::FILE* file) { return PEM_write_X509(file, ca.get()); });
  write_file(files.certificate,
             [&](std::FILE* file) { return PEM_write_X509(file, server.get()); });
  write_file(files.key, [&](std::FILE* file) {
    return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  return files;
}

}  // namespace cardmute::test
