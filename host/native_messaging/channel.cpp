#include "native_messaging/channel.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "native_messaging/descriptors.hpp"

namespace cardmute::native_messaging {

namespace {
constexpr std::size_t kRead_bytes = std::size_t{16} * 1024;
}

struct Channel::Impl {
  Impl(Descriptors descriptors, std::function<void()> callback)
      : pipe(descriptors), on_incoming(std::move(callback)) {
    reader = std::thread([this] { read_all(); });
    writer = std::thread([this] { write_all(); });
  }

  // --- reading thread

  void read_all() {
    FrameDecoder decoder;
    std::array<char, kRead_bytes> buffer{};
    std::vector<Decoded> decoded;
    for (;;) {
      const auto count = pipe.read_some(buffer);
      if (!count) {
        push_end(End{decoder.inside_frame()});
        return;
      }
      decoder.feed(std::span(buffer.data(), *count), decoded);
      for (auto& item : decoded) {
        bool fatal = false;
        if (auto* bad = std::get_if<BadFrame>(&item)) fatal = bad->fatal;
        const bool pushed =
            std::visit([this](auto& value) { return push_incoming(std::move(value)); }, item);
        if (fatal || !pushed) return;
      }
      decoded.clear();
    }
  }

  // Returns false if the reader must stop.
  bool push_incoming(Incoming item) {
    {
      std::unique_lock lock(mutex);
      const auto has_room = [this] { return incoming.size() < kMaxQueuedIn_frames || stopping; };
      while (!incoming_has_room.wait_for(lock, std::chrono::milliseconds(kEndCheck_ms), has_room)) {
        // A blocked reader would reach the end of input only after the frames that it has not read
        // yet, so the end is checked for separately here.
        if (!pipe.has_ended()) continue;
        lock.unlock();
        push_end(End{false});
        return false;
      }
      if (stopping) return false;
      incoming.push_back(std::move(item));
    }
    on_incoming();
    return true;
  }

  void push_end(End reached) {
    {
      const std::scoped_lock lock(mutex);
      end = reached;
      end_by = std::chrono::steady_clock::now() + std::chrono::milliseconds(kBacklog_ms);
    }
    on_incoming();
  }

  // --- writing thread

  void write_all() {
    std::unique_lock lock(mutex);
    for (;;) {
      outgoing_changed.wait(lock, [this] { return !outgoing.empty() || stopping; });
      if (outgoing.empty() || broken) return;
      const std::string frame = std::move(outgoing.front());
      outgoing.pop_front();
      writing = true;
      lock.unlock();
      const bool written = pipe.write_all(frame);
      lock.lock();
      writing = false;
      outgoing_changed.notify_all();
      if (!written) {
        mark_broken(lock);
        return;
      }
      if (outgoing.size() + 1 == kBusyOut_frames && !incoming.empty()) {
        lock.unlock();
        on_incoming();
        lock.lock();
      }
    }
  }

  // After a failed write, a part of a frame may be in the pipe, so nothing more may be written.
  void mark_broken(std::unique_lock<std::mutex>& lock) {
    if (broken) return;
    broken = true;
    outgoing.clear();
    outgoing_changed.notify_all();
    lock.unlock();
    push_end(End{false});
    lock.lock();
  }

  // --- Used on the loop's thread

  void stop() {
    {
      std::unique_lock lock(mutex);
      outgoing_changed.wait_for(lock, std::chrono::milliseconds(kDrain_ms),
                                [this] { return (outgoing.empty() && !writing) || broken; });
      stopping = true;
      outgoing.clear();
    }
    pipe.interrupt();
    incoming_has_room.notify_all();
    outgoing_changed.notify_all();
    reader.join();
    writer.join();
  }

  PipeEnds pipe;
  std::function<void()> on_incoming;
  std::mutex mutex;
  std::condition_variable incoming_has_room;
  std::condition_variable outgoing_changed;
  std::deque<Incoming> incoming;
  std::optional<End> end;  // returned by take() after the items in `incoming`
  std::chrono::steady_clock::time_point end_by;
  std::deque<std::string> outgoing;
  bool writing = false;
  bool broken = false;
  bool stopping = false;
  std::thread reader;
  std::thread writer;
};

Channel::Channel(Descriptors descriptors, std::function<void()> on_incoming)
    : impl_(std::make_unique<Impl>(descriptors, std::move(on_incoming))) {}

Channel::~Channel() { impl_->stop(); }

std::vector<Incoming> Channel::take() {
  std::vector<Incoming> taken;
  bool some_left = false;
  {
    const std::scoped_lock lock(impl_->mutex);
    auto& incoming = impl_->incoming;
    const bool nobody_reads = impl_->outgoing.size() >= kBusyOut_frames || impl_->broken;
    if (nobody_reads && !impl_->end) return taken;
    if (impl_->end && (nobody_reads || std::chrono::steady_clock::now() >= impl_->end_by)) {
      incoming.clear();
    }
    while (!incoming.empty() && taken.size() < kMaxTaken_frames) {
      taken.push_back(std::move(incoming.front()));
      incoming.pop_front();
    }
    some_left = !incoming.empty();
    if (!some_left && impl_->end) taken.emplace_back(*std::exchange(impl_->end, std::nullopt));
  }
  impl_->incoming_has_room.notify_all();
  if (some_left) impl_->on_incoming();
  return taken;
}

bool Channel::has_incoming() const {
  const std::scoped_lock lock(impl_->mutex);
  return !impl_->incoming.empty() || impl_->end;
}

bool Channel::send(std::span<const std::string> texts) {
  std::vector<std::string> frames;
  std::string together;
  for (const std::string& text : texts) {
    auto frame = encode_frame(text);
    if (!frame) return false;
    together += *frame;
    frames.push_back(std::move(*frame));
  }
  {
    std::unique_lock lock(impl_->mutex);
    if (impl_->broken || impl_->stopping) return false;
    // Usually the queue is empty and the pipe has room. Then the writer thread does not have to
    // wake up.
    if (impl_->outgoing.empty() && !impl_->writing) {
      const std::size_t written = impl_->pipe.write_at_once(together);
      if (written == together.size()) return true;
      if (written > 0) frames = {together.substr(written)};
    }
    // Frames are queued one by one, so that the writer can be stopped between two frames but not
    // within one.
    for (std::string& frame : frames) {
      if (impl_->outgoing.size() >= kMaxQueuedOut_frames) {
        impl_->mark_broken(lock);
        return false;
      }
      impl_->outgoing.push_back(std::move(frame));
    }
  }
  impl_->outgoing_changed.notify_all();
  return true;
}

}  // namespace cardmute::native_messaging
