#include "socket_io/connection.hpp"

#include <algorithm>
#include <utility>

#include "socket_io/upgrade.hpp"

namespace cardmute::socket_io {

using std::chrono::milliseconds;

namespace {

End end_of(FrameFlaw flaw) {
  switch (flaw) {
    case FrameFlaw::speaks_http:
      return End::other_version;
    case FrameFlaw::too_large:
      return End::too_large;
    default:
      return End::invalid;
  }
}

}  // namespace

Connection::Connection(std::string_view authority, std::string_view query, std::uint64_t seed,
                       Steady now)
    : random_(seed),
      key_(upgrade_key(random_(), random_())),
      join_by_(now + milliseconds(kJoin_ms)) {
  std::string target = "/socket.io/?";
  target.append(query).append("&EIO=3&transport=websocket");
  output_ = upgrade_request(authority, target, key_);
  platform::wipe(target);
}

void Connection::received(std::string_view bytes, Steady now) {
  if (end_ != End::none) return;
  if (upgraded_) {
    frames_.add(bytes);
  } else {
    answer_ += bytes;
    read_answer(false, now);
  }
  if (upgraded_) read_messages(now);
}

void Connection::ended(Steady now) {
  if (end_ == End::none && !upgraded_) read_answer(true, now);
  is_over(End::closed);
}

void Connection::tick(Steady now) {
  if (end_ != End::none) return;
  const bool too_late = !joined_ && now >= join_by_;
  if (too_late || (pong_by_ && now >= *pong_by_)) {
    is_over(End::silent);
  } else if (ping_at_ && now >= *ping_at_) {
    send(Opcode::text, "2");
    ping_at_ = now + milliseconds(ping_ms_);
    // If a pong is still awaited, its deadline stays.
    if (!pong_by_) pong_by_ = now + milliseconds(kPong_ms);
  }
}

std::string Connection::take_output() { return std::exchange(output_, {}); }

std::vector<platform::Secret> Connection::take_events() { return std::exchange(events_, {}); }

std::optional<Steady> Connection::next_deadline() const {
  if (end_ != End::none) return std::nullopt;
  std::optional<Steady> earliest = joined_ ? std::nullopt : std::optional(join_by_);
  for (const auto& at : {ping_at_, pong_by_}) {
    if (at) earliest = earliest ? std::min(*earliest, *at) : *at;
  }
  return earliest;
}

void Connection::read_answer(bool stream_ended, Steady now) {
  Upgrade upgrade = read_upgrade(answer_, key_, stream_ended);
  http_status_ = upgrade.status;
  switch (upgrade.state) {
    case Upgrade::State::incomplete:
      return;
    case Upgrade::State::denied:
      return is_over(End::denied, known_words(upgrade.body));
    case Upgrade::State::not_http:
      return is_over(End::not_http);
    case Upgrade::State::not_socket:
      return is_over(End::not_socket_io);
    case Upgrade::State::accepted:
      break;
  }
  upgraded_ = true;
  // The first packets often arrive together with the answer to the handshake.
  frames_.add(std::string_view(answer_).substr(upgrade.length));
  answer_.clear();
  read_messages(now);
}

void Connection::read_messages(Steady now) {
  while (end_ == End::none) {
    auto message = frames_.next();
    if (!message) break;
    on_message(*message, now);
    platform::wipe(message->payload);
  }
  if (frames_.flaw() != FrameFlaw::none) is_over(end_of(frames_.flaw()));
}

void Connection::on_message(const Message& message, Steady now) {
  switch (message.kind) {
    case Opcode::close:
      send(Opcode::close, message.payload);
      return is_over(End::closed);
    case Opcode::ping:
      return send(Opcode::pong, message.payload);
    case Opcode::binary:
      if (attachments_ == 0) return is_over(End::invalid);
      --attachments_;
      return;
    case Opcode::text:
      return on_packet(read_packet(message.payload), now);
    default:
      return;
  }
}

void Connection::on_packet(const Packet& packet, Steady now) {
  switch (packet.kind) {
    case Packet::Kind::handshake:
      return on_handshake(packet, now);
    case Packet::Kind::close:
      return is_over(End::closed);
    case Packet::Kind::ping:
      return send(Opcode::text, std::string("3").append(packet.json.substr(0, kMaxControl_bytes)));
    case Packet::Kind::pong:
      pong_by_.reset();
      return;
    case Packet::Kind::joined:
      joined_ = ping_at_.has_value();
      return joined_ ? void() : is_over(End::not_socket_io);
    case Packet::Kind::left:
      return is_over(End::left);
    case Packet::Kind::refused:
      return is_over(End::refused, known_words(packet.json));
    case Packet::Kind::event:
      if (!packet.ack.empty() && packet.ack.size() < kMaxControl_bytes) {
        send(Opcode::text, std::string("43").append(packet.ack).append("[]"));
      }
      if (joined_) events_.emplace_back(std::string(packet.json));
      return;
    case Packet::Kind::binary_event:
      attachments_ = packet.attachments;
      return;
    case Packet::Kind::other:
      return;
    case Packet::Kind::bad:
      return is_over(ping_at_ ? End::invalid : End::not_socket_io);
  }
}

void Connection::on_handshake(const Packet& packet, Steady now) {
  const auto intervals = read_handshake(packet.json);
  if (!intervals || ping_at_) return is_over(End::not_socket_io);
  ping_ms_ = std::min(kPing_ms, intervals->ping_ms);
  ping_at_ = now + milliseconds(ping_ms_);
}

void Connection::send(Opcode opcode, std::string_view payload) {
  if (output_.size() > kMaxUnsent_bytes) return is_over(End::invalid);
  output_ += client_frame(opcode, payload, static_cast<std::uint32_t>(random_()));
}

void Connection::is_over(End why, std::string words) {
  if (end_ != End::none) return;
  end_ = why;
  words_ = std::move(words);
}

}  // namespace cardmute::socket_io
