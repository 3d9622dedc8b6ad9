#include "config/ca_file.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace cardmute::config {

namespace {

// The largest CA file that is read. The bundle of an operating system has up to 250 KB.
constexpr std::size_t kMaxCaFile_bytes = std::size_t{4} * 1024 * 1024;

// Tags of ITU-T X.690. kSequence begins a certificate, and also a file in PKCS #7, #8 or #12. The
// tag of the first value inside tells these formats apart.
constexpr char kSequence = 0x30;
constexpr char kInteger = 0x02;
constexpr char kObjectIdentifier = 0x06;
// The version number at the start of a key store (RFC 7292), and the one at the start of the
// content of a certificate request (RFC 2986).
constexpr std::string_view kKeyStore{"\x02\x01\x03", 3};
constexpr std::string_view kRequest{"\x02\x01\x00", 3};
constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

// The lengths of a DER value's header and content.
struct DerHeader {
  std::size_t header_bytes = 0;
  std::size_t content_bytes = 0;
};

// The header of the sequence at the start of `bytes`; nullopt if there is no sequence.
std::optional<DerHeader> sequence_header(std::string_view bytes) {
  constexpr unsigned kLongForm = 0x80;
  constexpr unsigned kMaxLength_bytes = 4;
  if (bytes.size() < 2 || bytes[0] != kSequence) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  DerHeader found{.header_bytes = 2, .content_bytes = byte(1)};
  if (found.content_bytes < kLongForm) return found;
  const std::size_t count = found.content_bytes - kLongForm;
  if (count == 0 || count > kMaxLength_bytes || bytes.size() < 2 + count) return std::nullopt;
  found.content_bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    found.content_bytes = (found.content_bytes << 8U) | byte(2 + i);
  }
  found.header_bytes += count;
  return found;
}

// The content of the DER sequence in `bytes`; nullopt if `bytes` is not exactly one sequence.
std::optional<std::string_view> inside_der(std::string_view bytes) {
  const auto found = sequence_header(bytes);
  if (!found || bytes.size() - found->header_bytes != found->content_bytes) return std::nullopt;
  return bytes.substr(found->header_bytes);
}

bool is_request(std::string_view inside) {
  const auto first = sequence_header(inside);
  return first && inside.substr(first->header_bytes).starts_with(kRequest);
}

// The end of the command that converts the file to PEM.
std::string from_and_to(const std::string& file) {
  return " -in \"" + file + "\" -out \"" + file + ".pem\"";
}

std::string flaw_of_der(std::string_view inside, const std::string& file) {
  const char tag = inside.empty() ? '\0' : inside.front();
  const std::string to = from_and_to(file);
  if (inside.starts_with(kKeyStore)) {
    return "found a key store (PKCS #12); extract its certificates: openssl pkcs12 -cacerts "
           "-nokeys" +
           to;
  }
  if (tag == kObjectIdentifier) {
    return "found a binary bundle (PKCS #7); convert it: openssl pkcs7 -inform DER -print_certs" +
           to;
  }
  if (tag == kInteger) return "found a private key (DER) and no certificate";
  if (is_request(inside)) {
    return "found a certificate request (DER); use the certificate that the CA returns for it";
  }
  return "found a binary certificate (DER); convert it: openssl x509 -inform DER" + to;
}

// Decodes base64, ignoring blanks and line ends. Returns nullopt if it is not base64.
std::optional<std::string> decoded(std::string_view base64) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr unsigned kBits = 6;
  constexpr unsigned kByte = 8;
  std::string bytes;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : base64) {
    if (c == '=' || c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << kBits) | static_cast<unsigned>(value);
    bits += kBits;
    if (bits < kByte) continue;
    bits -= kByte;
    bytes += static_cast<char>((buffer >> bits) & 0xFFU);
  }
  return bytes;
}

// The first place from `from` on where a line starts with `what`; npos if there is none.
std::size_t line_with(std::string_view text, std::string_view what, std::size_t from) {
  for (auto at = text.find(what, from); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') return at;
  }
  return std::string_view::npos;
}

bool is_certificate(std::string_view label) {
  return label == "CERTIFICATE" || label == "X509 CERTIFICATE" || label == "TRUSTED CERTIFICATE";
}

// `at` is the start of the line that begins the certificate. Returns the place from which to look
// for the next certificate; nullopt if this one is damaged or cut off.
std::optional<std::size_t> end_of_certificate(std::string_view text, std::size_t at,
                                              std::string_view label) {
  const auto body = at + kBegin.size() + label.size() + kDashes.size();
  const auto end = line_with(text, kEnd, body);
  if (end == std::string_view::npos || !text.substr(end + kEnd.size()).starts_with(label)) {
    return std::nullopt;
  }
  const auto bytes = decoded(text.substr(body, end - body));
  if (!bytes || bytes->empty()) return std::nullopt;
  // In a block "TRUSTED CERTIFICATE" of OpenSSL, more data follows the sequence.
  if (label != "TRUSTED CERTIFICATE" && !inside_der(*bytes)) return std::nullopt;
  return end + kEnd.size();
}

std::optional<std::string> flaw_of_text(std::string_view text, const std::string& file) {
  std::string other;  // the label of the first block that is not a certificate
  int count = 0;
  for (auto at = line_with(text, kBegin, 0); at != std::string_view::npos;) {
    const auto label_at = at + kBegin.size();
    const auto label = text.substr(label_at, text.find(kDashes, label_at) - label_at);
    auto next = label_at;
    if (is_certificate(label)) {
      ++count;
      const auto end = end_of_certificate(text, at, label);
      if (!end) return "certificate " + std::to_string(count) + " is damaged or cut off";
      next = *end;
    } else if (other.empty()) {
      other = label.substr(0, label.find_first_of("\r\n"));
    }
    at = line_with(text, kBegin, next);
  }
  if (count > 0) return std::nullopt;
  if (other == "PKCS7") {
    return "found a bundle (PKCS #7); convert it: openssl pkcs7 -print_certs" + from_and_to(file);
  }
  if (other.ends_with("CERTIFICATE REQUEST")) {
    return "found a certificate request; use the certificate that the CA returns for it";
  }
  if (!other.empty()) return "found \"" + other + "\" and no certificate";
  if (text.find(kBegin) != std::string_view::npos) {
    return "\"-----BEGIN\" does not begin a line (what comes before it may be invisible, such as "
           "a byte order mark)";
  }
  return "found text without a certificate";
}

std::optional<std::string> flaw_of_content(std::string_view content, const std::string& file) {
  if (content.empty()) return "the file is empty";
  if (content.size() > kMaxCaFile_bytes) {
    return "the file is larger than " + std::to_string(kMaxCaFile_bytes / 1024) + " KiB";
  }
  if (const auto inside = inside_der(content)) return flaw_of_der(*inside, file);
  if (content.find('\0') != std::string_view::npos) {
    const bool utf16 = content.starts_with("\xff\xfe") || content.starts_with("\xfe\xff") ||
                       content.find(std::string("-\0-\0", 4)) != std::string_view::npos;
    return utf16 ? "found text in UTF-16; save it as ASCII or UTF-8"
                 : "found a binary file that is not a certificate";
  }
  return flaw_of_text(content, file);
}

}  // namespace

CaFile read_ca_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string content(kMaxCaFile_bytes + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!stream.is_open() || stream.bad()) return {.pem = {}, .flaw = "it cannot be read"};
  content.resize(static_cast<std::size_t>(stream.gcount()));
  content.shrink_to_fit();
  auto flaw = flaw_of_content(content, file.string());
  return {.pem = std::move(content), .flaw = std::move(flaw)};
}

}  // namespace cardmute::config
