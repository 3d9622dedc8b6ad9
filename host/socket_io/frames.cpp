#include "socket_io/frames.hpp"

#include <array>
#include <utility>

#include "platform/secret.hpp"

namespace cardmute::socket_io {

namespace {

constexpr unsigned char kFinal = 0x80;
constexpr unsigned char kReserved = 0x70;
constexpr unsigned char kOpcode = 0x0F;
constexpr unsigned char kMasked = 0x80;
constexpr unsigned char kLength = 0x7F;
constexpr unsigned char kLength16 = 126;
constexpr unsigned char kLength64 = 127;
constexpr std::size_t kLeastHeader_bytes = 2;
// A buffer that has grown beyond this size is freed when it is empty. Once more than this has been
// read from a buffer, what was read is removed from it.
constexpr std::size_t kKeptBuffer_bytes = std::size_t{64} * 1024;

bool is_control(Opcode opcode) { return opcode >= Opcode::close; }

bool is_known(Opcode opcode) { return opcode <= Opcode::binary || is_control(opcode); }

}  // namespace

std::string client_frame(Opcode opcode, std::string_view payload, std::uint32_t mask) {
  std::string frame;
  frame += static_cast<char>(kFinal | static_cast<unsigned char>(opcode));
  const std::size_t size = payload.size();
  if (size <= kMaxControl_bytes) {
    frame += static_cast<char>(kMasked | size);
  } else {
    frame += static_cast<char>(kMasked | kLength16);
    frame += static_cast<char>(size >> 8U & 0xFFU);
    frame += static_cast<char>(size & 0xFFU);
  }
  std::array<char, 4> key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<char>(mask >> (8 * i) & 0xFFU);
    frame += key[i];
  }
  for (std::size_t i = 0; i < size; ++i) frame += static_cast<char>(payload[i] ^ key[i % 4]);
  return frame;
}

FrameReader::~FrameReader() {
  platform::wipe(buffer_);
  if (message_) platform::wipe(message_->payload);
}

void FrameReader::add(std::string_view bytes) {
  if (flaw_ == FrameFlaw::none) buffer_ += bytes;
}

std::optional<Message> FrameReader::next() {
  while (flaw_ == FrameFlaw::none) {
    const auto header = read_header();
    if (!header) return std::nullopt;
    flaw_ = flaw_of(*header);
    if (flaw_ != FrameFlaw::none) break;
    if (buffer_.size() - read_ < header->header_bytes + header->payload_bytes) return std::nullopt;
    std::string payload = take(*header);
    if (is_control(header->opcode)) return Message{header->opcode, std::move(payload)};
    if (!message_) message_ = Message{header->opcode, {}};
    message_->payload += payload;
    platform::wipe(payload);
    if (header->final) return std::exchange(message_, std::nullopt);
  }
  platform::wipe(buffer_);
  read_ = 0;
  return std::nullopt;
}

std::optional<FrameReader::Header> FrameReader::read_header() {
  const std::string_view bytes = std::string_view(buffer_).substr(read_);
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  // A server of socket.io 4 without allowEIO3 answers with status 101, but then sends the text of
  // an HTTP response.
  if (!bytes.empty() && bytes[0] == 'H') {
    flaw_ = FrameFlaw::speaks_http;
    return Header{};
  }
  if (bytes.size() < kLeastHeader_bytes) return std::nullopt;
  Header header;
  header.final = (byte(0) & kFinal) != 0;
  header.opcode = static_cast<Opcode>(byte(0) & kOpcode);
  const bool masked = (byte(1) & kMasked) != 0;
  if ((byte(0) & kReserved) != 0 || masked) {
    flaw_ = FrameFlaw::invalid;
    return header;
  }
  const unsigned char length = byte(1) & kLength;
  const std::size_t more = length == kLength64 ? 8 : length == kLength16 ? 2 : 0;
  header.header_bytes = kLeastHeader_bytes + more;
  if (bytes.size() < header.header_bytes) return std::nullopt;
  header.payload_bytes = more == 0 ? length : 0;
  for (std::size_t i = 0; i < more; ++i) {
    header.payload_bytes = header.payload_bytes << 8U | byte(kLeastHeader_bytes + i);
  }
  return header;
}

FrameFlaw FrameReader::flaw_of(const Header& header) const {
  if (flaw_ != FrameFlaw::none) return flaw_;
  if (!is_known(header.opcode)) return FrameFlaw::invalid;
  if (is_control(header.opcode)) {
    const bool whole = header.final && header.payload_bytes <= kMaxControl_bytes;
    return whole ? FrameFlaw::none : FrameFlaw::invalid;
  }
  const bool continues = header.opcode == Opcode::continuation;
  if (continues != message_.has_value()) return FrameFlaw::invalid;
  const std::size_t before = message_ ? message_->payload.size() : 0;
  return header.payload_bytes > kMaxMessage_bytes - before ? FrameFlaw::too_large : FrameFlaw::none;
}

std::string FrameReader::take(const Header& header) {
  const auto size = static_cast<std::size_t>(header.payload_bytes);
  std::string payload = buffer_.substr(read_ + header.header_bytes, size);
  read_ += header.header_bytes + size;
  if (read_ == buffer_.size()) {
    const bool is_large = buffer_.capacity() > kKeptBuffer_bytes;
    platform::wipe(buffer_);
    if (is_large) buffer_.shrink_to_fit();
    read_ = 0;
  } else if (read_ > kKeptBuffer_bytes) {
    platform::wipe(buffer_.data(), read_);
    buffer_.erase(0, read_);
    read_ = 0;
  }
  return payload;
}

}  // namespace cardmute::socket_io
