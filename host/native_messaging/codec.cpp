#include "native_messaging/codec.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cardmute::native_messaging {

void FrameDecoder::feed(std::span<const char> bytes, std::vector<Decoded>& out) {
  while (!bytes.empty() && !dead_) {
    if (header_size_ < header_.size()) {
      header_[header_size_++] = bytes.front();
      bytes = bytes.subspan(1);
      if (header_size_ == header_.size()) begin_body(out);
      continue;
    }
    const auto count = std::min<std::size_t>(bytes.size(), body_missing_);
    if (!skipping_) body_.append(bytes.data(), count);
    bytes = bytes.subspan(count);
    body_missing_ -= static_cast<std::uint32_t>(count);
    if (body_missing_ > 0) continue;
    if (!skipping_) out.emplace_back(Frame{std::exchange(body_, {})});
    header_size_ = 0;
    skipping_ = false;
  }
}

void FrameDecoder::begin_body(std::vector<Decoded>& out) {
  std::uint32_t length = 0;
  std::memcpy(&length, header_.data(), header_.size());
  if (length > kMaxSkippable_bytes) {
    dead_ = true;
    header_size_ = 0;
    out.emplace_back(BadFrame{"A frame of " + std::to_string(length) +
                                  " bytes was announced, more than any browser sends (" +
                                  std::to_string(kMaxSkippable_bytes) +
                                  "): this is not a native messaging frame.",
                              true});
    return;
  }
  if (length == 0) {
    header_size_ = 0;
    out.emplace_back(BadFrame{"An empty frame: expected one JSON object.", false});
    return;
  }
  skipping_ = length > kMaxFrameIn_bytes;
  body_missing_ = length;
  if (skipping_) {
    out.emplace_back(BadFrame{"A frame of " + std::to_string(length) + " bytes: expected at most " +
                                  std::to_string(kMaxFrameIn_bytes) + ". It was skipped.",
                              false});
  } else {
    body_.reserve(length);
  }
}

std::optional<std::string> encode_frame(std::string_view text) {
  if (text.empty() || text.size() > kMaxFrameOut_bytes) return std::nullopt;
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string frame(sizeof length, '\0');
  std::memcpy(frame.data(), &length, sizeof length);
  frame.append(text);
  return frame;
}

}  // namespace cardmute::native_messaging
