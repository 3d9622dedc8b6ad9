#include "http/content_encoding.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "base/url.hpp"

namespace cardmute::http {

namespace {

// For inflateInit2(): zlib and gzip by their headers, and neither header.
constexpr int kByHeader = MAX_WBITS + 32;
constexpr int kWithoutHeader = -MAX_WBITS;

class Inflater {
 public:
  explicit Inflater(int window_bits) {
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::runtime_error("zlib: no memory");
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Decodes all of `body`, which must end where the compressed data, with its checksum, ends.
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
      // Z_BUF_ERROR: the input has ended too early.
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

std::variant<std::string, DecodingFlaw> decoded(std::string body, std::string_view encoding,
                                                std::size_t most_bytes) {
  const std::string name = url::url_detail::lower(encoding);
  if (name.empty() || name == "identity") return body;
  if (name != "gzip" && name != "x-gzip" && name != "deflate") {
    return DecodingFlaw::unknown_encoding;
  }
  auto text = Inflater(kByHeader).inflate_all(body, most_bytes);
  const auto* flaw = std::get_if<DecodingFlaw>(&text);
  // Some servers send deflate without the header of zlib.
  if (name == "deflate" && flaw != nullptr && *flaw == DecodingFlaw::damaged) {
    return Inflater(kWithoutHeader).inflate_all(body, most_bytes);
  }
  return text;
}

std::string words_of(DecodingFlaw flaw) {
  switch (flaw) {
    case DecodingFlaw::unknown_encoding:
      return "the answer has a content encoding other than gzip and deflate";
    case DecodingFlaw::damaged:
      return "the compressed answer is damaged or cut off";
    case DecodingFlaw::too_large:
      break;
  }
  return "the compressed answer is too large";
}

}  // namespace cardmute::http
