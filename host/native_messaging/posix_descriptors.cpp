#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <system_error>

#include "native_messaging/descriptors.hpp"

namespace cardmute::native_messaging {

namespace {

// If poll() reports a pipe as writable, this many bytes fit. Writing such a piece never blocks, so
// a longer write can be interrupted between two pieces.
constexpr std::size_t kPiece_bytes = PIPE_BUF;

int must(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

// Opens the standard streams that are closed, because a browser may start its hosts without them.
// Otherwise the next file or connection would get the number of a closed stream, and printed text
// would end up in that file.
void open_closed_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // open() returns the lowest free number. That is `stream`, because all lower numbers are in
    // use.
    must(::open("/dev/null", O_RDWR), "open /dev/null");
  }
}

// The signal handler writes here to interrupt reading and writing; -1 if there is no channel.
std::atomic<int> signal_pipe{-1};

void end_on_signal(int /*signal*/) {
  const int saved = errno;
  const char byte = 0;
  if (const int end = signal_pipe.load(); end >= 0) static_cast<void>(!::write(end, &byte, 1));
  errno = saved;
}

int duplicate_away(int descriptor) {
  // The duplicate has a number of at least 3, and child processes do not inherit it.
  return must(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3), "duplicate a standard stream");
}

}  // namespace

Descriptors take_standard_streams() {
  // A write to a browser that has gone must fail with EPIPE, not end this process by a signal.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  for (const int ending : {SIGTERM, SIGINT, SIGHUP}) {
    static_cast<void>(std::signal(ending, end_on_signal));
  }
  open_closed_standard_streams();
  const Descriptors taken{duplicate_away(STDIN_FILENO), duplicate_away(STDOUT_FILENO)};
  const int nothing = must(::open("/dev/null", O_RDONLY | O_CLOEXEC), "open /dev/null");
  must(::dup2(nothing, STDIN_FILENO), "empty standard input");
  ::close(nothing);
  must(::dup2(STDERR_FILENO, STDOUT_FILENO), "point standard output at standard error");
  return taken;
}

struct PipeEnds::State {
  enum class Ready { yes, no };
  [[nodiscard]] Ready wait_for(int descriptor, short events) const;

  Descriptors descriptors;
  int interrupt_in = -1;  // readable after interrupt()
  int interrupt_out = -1;
};

PipeEnds::PipeEnds(Descriptors descriptors) : state_(std::make_unique<State>()) {
  std::array<int, 2> ends{};
  must(::pipe(ends.data()), "make the interrupting pipe");
  *state_ = {descriptors, ends[0], ends[1]};
  for (const int end : ends) must(::fcntl(end, F_SETFD, FD_CLOEXEC), "keep a pipe from children");
  signal_pipe = state_->interrupt_out;
}

PipeEnds::~PipeEnds() {
  signal_pipe = -1;
  for (const int end : {state_->descriptors.in, state_->descriptors.out, state_->interrupt_in,
                        state_->interrupt_out}) {
    ::close(end);
  }
}

PipeEnds::State::Ready PipeEnds::State::wait_for(int descriptor, short events) const {
  std::array<pollfd, 2> watched{{{descriptor, events, 0}, {interrupt_in, POLLIN, 0}}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
    if (errno != EINTR) return Ready::no;
  }
  return watched[1].revents == 0 ? Ready::yes : Ready::no;
}

std::optional<std::size_t> PipeEnds::read_some(std::span<char> buffer) const {
  for (;;) {
    if (state_->wait_for(state_->descriptors.in, POLLIN) == State::Ready::no) return std::nullopt;
    const auto count = ::read(state_->descriptors.in, buffer.data(), buffer.size());
    if (count > 0) return static_cast<std::size_t>(count);
    if (count == 0 || (errno != EINTR && errno != EAGAIN)) return std::nullopt;
  }
}

bool PipeEnds::write_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    if (state_->wait_for(state_->descriptors.out, POLLOUT) == State::Ready::no) return false;
    const auto count =
        ::write(state_->descriptors.out, bytes.data(), std::min(bytes.size(), kPiece_bytes));
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR && errno != EAGAIN) {
      return false;
    }
  }
  return true;
}

std::size_t PipeEnds::write_at_once(std::string_view bytes) const {
  pollfd watched{state_->descriptors.out, POLLOUT, 0};
  if (bytes.size() > kPiece_bytes || ::poll(&watched, 1, 0) != 1 || watched.revents != POLLOUT) {
    return 0;
  }
  // An error that happens here happens again in write_all(), which reports it.
  const auto count = ::write(state_->descriptors.out, bytes.data(), bytes.size());
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool PipeEnds::has_ended() const {
#ifdef POLLRDHUP
  constexpr short kClosed = POLLRDHUP;  // the other end of a socket has closed
#else
  constexpr short kClosed = 0;
#endif
  pollfd watched{state_->descriptors.in, kClosed, 0};
  return ::poll(&watched, 1, 0) == 1 && (watched.revents & (kClosed | POLLHUP | POLLERR)) != 0;
}

void PipeEnds::interrupt() const {
  const char byte = 0;
  static_cast<void>(!::write(state_->interrupt_out, &byte, 1));
}

}  // namespace cardmute::native_messaging
