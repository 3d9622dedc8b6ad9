#include "http/content_encoding.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/url.hpp"

namespace cardmute::http {

namespace {

// Arguments of inflateInit2(). With kByHeader, zlib tells its own format and gzip apart by the
// header. With kWithoutHeader, there is no header.
constexpr int kByHeader = MAX_WBITS + 32;
constexpr int kWithoutHeader = -MAX_WBITS;
// The most encodings of one answer that are undone. Usually there is one; a proxy may add another.
constexpr std::size_t kMaxEncodings = 3;
// Encodings that are known but not decoded. Messages name only these, because a header may contain
// anything.
constexpr std::array<std::string_view, 3> kNotDecoded{"br", "zstd", "compress"};

class Inflater {
 public:
  explicit Inflater(int window_bits) {
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::runtime_error("zlib: no memory");
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Decodes all of `body`. The body must end where the compressed data with its checksum ends.
  std::variant<std::string, DecodingFlaw> inflate_all(std::string_view body,
                                                      std::size_t most_bytes) {
    constexpr std::size_t kChunk_bytes = 4096;
    std::array<Bytef, kChunk_bytes> chunk{};
    std::vector<Bytef> input(body.begin(), body.end());
    stream_.next_in = input.data();
    stream_.avail_in = static_cast<uInt>(input.size());
    std::string text;
    for (int code = Z_OK; code != Z_STREAM_END;) {
      stream_.next_out = chunk.data();
      stream_.avail_out = kChunk_bytes;
      code = inflate(&stream_, Z_NO_FLUSH);
      // Z_BUF_ERROR means that the input has ended too early.
      if (code != Z_OK && code != Z_STREAM_END) return DecodingFlaw::damaged;
      text.append(chunk.begin(), chunk.end() - stream_.avail_out);
      if (text.size() > most_bytes) return DecodingFlaw::too_large;
    }
    if (stream_.avail_in > 0) return DecodingFlaw::damaged;
    return text;
  }

 private:
  z_stream stream_{};
};

}  // namespace

namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// The names in the list, the last one first, because the last encoding must be undone first.
std::vector<std::string> encodings_of(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const auto comma = list.rfind(',');
    std::string_view name = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    const auto from = name.find_first_not_of(kSpaces);
    if (from == std::string_view::npos) continue;
    name = name.substr(from, name.find_last_not_of(kSpaces) - from + 1);
    names.push_back(url::url_detail::lower(name));
  }
  return names;
}

// Whether the body is JSON already. Some proxies decompress an answer but leave the header
// Content-Encoding, and some servers write the character set into that header.
bool is_plain_json(std::string_view body) {
  const auto from = body.find_first_not_of(kSpaces);
  return from != std::string_view::npos && (body[from] == '{' || body[from] == '[');
}

std::variant<std::string, DecodingFlaw> undone(const std::string& body, const std::string& name,
                                               std::size_t most_bytes) {
  if (name == "identity") return body;
  if (name != "gzip" && name != "x-gzip" && name != "deflate") {
    return DecodingFlaw::unknown_encoding;
  }
  auto text = Inflater(kByHeader).inflate_all(body, most_bytes);
  const auto* flaw = std::get_if<DecodingFlaw>(&text);
  // Some servers send deflate data without zlib's header.
  if (name == "deflate" && flaw != nullptr && *flaw == DecodingFlaw::damaged) {
    return Inflater(kWithoutHeader).inflate_all(body, most_bytes);
  }
  return text;
}

std::string way_of(std::string_view encoding) {
  const auto names = encodings_of(encoding);
  const auto known = std::ranges::find_first_of(names, kNotDecoded);
  return known == names.end() ? "in an unknown way" : "with " + *known;
}

}  // namespace

std::variant<std::string, DecodingFlaw> decoded(std::string body, std::string_view encoding,
                                                std::size_t most_bytes) {
  const auto names = encodings_of(encoding);
  if (names.size() > kMaxEncodings) return DecodingFlaw::unknown_encoding;
  for (const std::string& name : names) {
    auto text = undone(body, name, most_bytes);
    const auto* flaw = std::get_if<DecodingFlaw>(&text);
    if (flaw == nullptr) {
      body = std::move(std::get<std::string>(text));
    } else if (*flaw == DecodingFlaw::too_large || !is_plain_json(body)) {
      return *flaw;
    }
  }
  return body;
}

std::string words_of(DecodingFlaw flaw, std::string_view encoding) {
  switch (flaw) {
    case DecodingFlaw::unknown_encoding:
      return "the answer is compressed " + way_of(encoding) + "; expected: gzip, deflate or none";
    case DecodingFlaw::damaged:
      return "the compressed answer is damaged or cut off";
    case DecodingFlaw::too_large:
      break;
  }
  return "the compressed answer is too large";
}

}  // namespace cardmute::http
