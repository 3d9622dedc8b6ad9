// Browsers open the host's ends of the pipes for calls that block, and Windows has no poll() for
// such pipes. So each end has a thread of its own that makes the blocking calls. Other threads wait
// for that thread or for interrupt().
#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "native_messaging/descriptors.hpp"
#include "platform/windows_session_end.hpp"

namespace cardmute::native_messaging {

namespace {

// How long a cancelled call may take to end. Under Wine, a call on a Unix pipe never does; then its
// thread is left behind, and ends with the process.
constexpr std::chrono::milliseconds kCancel{500};
constexpr std::chrono::milliseconds kBetweenCancels{5};
// The most bytes that one call writes. A longer text takes several calls.
constexpr std::size_t kPiece_bytes = std::size_t{64} * 1024;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(static_cast<int>(GetLastError()), std::system_category(), what);
}

}  // namespace

// This namespace has a name because PipeEnds::State has members of these types.
namespace blocking {

// One end of a pipe, and what its thread is doing.
struct PipeEnd {
  enum class Phase { idle, asked, busy, done };

  HANDLE handle = nullptr;
  std::mutex mutex;
  std::condition_variable changed;
  Phase phase = Phase::idle;
  bool interrupted = false;
  bool closing = false;
  std::vector<char> bytes;  // the bytes that were read, or that are to be written
  bool succeeded = false;

  // Lets the thread make one call, and waits for the end of the call. Returns false if interrupt()
  // was called or the call failed.
  bool call(std::unique_lock<std::mutex>& lock) {
    if (interrupted || phase != Phase::idle) return false;
    phase = Phase::asked;
    changed.notify_all();
    changed.wait(lock, [this] { return phase == Phase::done || interrupted; });
    if (phase != Phase::done) return false;
    phase = Phase::idle;
    return succeeded;
  }
};

enum class Direction { in, out };

inline bool carry_out(PipeEnd& end, Direction direction) {
  DWORD count = 0;
  auto size = static_cast<DWORD>(end.bytes.size());
  if (direction == Direction::in) {
    const bool read = ReadFile(end.handle, end.bytes.data(), size, &count, nullptr) != 0;
    end.bytes.resize(read ? count : 0);
    return read && count > 0;
  }
  for (DWORD done = 0; done < size; done += count) {
    if (WriteFile(end.handle, end.bytes.data() + done, size - done, &count, nullptr) == 0 ||
        count == 0) {
      return false;
    }
  }
  return true;
}

// The thread shares ownership of the pipe's end, because the thread may be left behind.
inline void serve(const std::shared_ptr<PipeEnd>& end, Direction direction) {
  std::unique_lock lock(end->mutex);
  for (;;) {
    end->changed.wait(lock, [&] { return end->phase == PipeEnd::Phase::asked || end->closing; });
    if (end->closing) return;
    end->phase = PipeEnd::Phase::busy;
    lock.unlock();
    const bool succeeded = carry_out(*end, direction);
    lock.lock();
    end->succeeded = succeeded;
    end->phase = PipeEnd::Phase::done;
    end->changed.notify_all();
  }
}

struct ServedEnd {
  ServedEnd(int number, Direction direction) : end(std::make_shared<PipeEnd>()) {
    end->handle = LongToHandle(number);
    thread = std::thread(serve, end, direction);
  }
  ~ServedEnd() {
    std::unique_lock lock(end->mutex);
    end->closing = true;
    end->changed.notify_all();
    const auto until = std::chrono::steady_clock::now() + kCancel;
    const auto is_over = [this] { return end->phase != PipeEnd::Phase::busy; };
    // A call that has not begun to block yet cannot be cancelled, so cancelling is tried again.
    while (!end->changed.wait_for(lock, kBetweenCancels, is_over) &&
           std::chrono::steady_clock::now() < until) {
      CancelSynchronousIo(pthread_gethandle(thread.native_handle()));
    }
    const bool over = is_over();
    lock.unlock();
    if (over) {
      thread.join();
      CloseHandle(end->handle);
    } else {
      thread.detach();
    }
  }
  ServedEnd(const ServedEnd&) = delete;
  ServedEnd& operator=(const ServedEnd&) = delete;

  void interrupt() const {
    const std::scoped_lock lock(end->mutex);
    end->interrupted = true;
    end->changed.notify_all();
  }

  std::shared_ptr<PipeEnd> end;
  std::thread thread;
};

}  // namespace blocking

namespace {

// `ending` is the channel's ends, which are interrupted when Windows asks this process to end; null
// if there is no channel. `ending_mutex` guards it.
std::mutex ending_mutex;           // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
const PipeEnds* ending = nullptr;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

void interrupt_channel() {
  const std::scoped_lock lock(ending_mutex);
  if (ending != nullptr) ending->interrupt();
}

int taken(DWORD which) {
  HANDLE copy = nullptr;
  const HANDLE self = GetCurrentProcess();
  const HANDLE stream = GetStdHandle(which);
  if (stream == nullptr || stream == INVALID_HANDLE_VALUE) {
    // A browser may start its hosts with a standard stream closed.
    copy = CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       nullptr, OPEN_EXISTING, 0, nullptr);
  } else if (DuplicateHandle(self, stream, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS) == 0) {
    fail("duplicate a standard stream");
  }
  return static_cast<int>(HandleToLong(copy));
}

// Redirects a standard stream, both for the C library and for Windows.
void point(int stream, DWORD which, int descriptor) {
  if (descriptor < 0 || _dup2(descriptor, stream) != 0) return;
  SetStdHandle(which, LongToHandle(static_cast<long>(_get_osfhandle(stream))));
}

}  // namespace

using blocking::Direction;
using blocking::PipeEnd;
using blocking::ServedEnd;

struct PipeEnds::State {
  explicit State(Descriptors descriptors)
      : in(descriptors.in, Direction::in), out(descriptors.out, Direction::out) {}
  ServedEnd in;
  ServedEnd out;
};

Descriptors take_standard_streams() {
  platform::when_asked_to_end(interrupt_channel);
  const Descriptors streams{taken(STD_INPUT_HANDLE), taken(STD_OUTPUT_HANDLE)};
  const int nothing = _open("NUL", _O_RDWR | _O_BINARY);
  // A program without a console may have no standard error.
  const bool has_errors = _get_osfhandle(2) >= 0;
  point(0, STD_INPUT_HANDLE, nothing);
  point(1, STD_OUTPUT_HANDLE, has_errors ? 2 : nothing);
  if (nothing > 2) _close(nothing);
  return streams;
}

PipeEnds::PipeEnds(Descriptors descriptors) : state_(std::make_unique<State>(descriptors)) {
  const std::scoped_lock lock(ending_mutex);
  ending = this;
}

PipeEnds::~PipeEnds() {
  const std::scoped_lock lock(ending_mutex);
  ending = nullptr;
}

std::optional<std::size_t> PipeEnds::read_some(std::span<char> buffer) const {
  PipeEnd& end = *state_->in.end;
  std::unique_lock lock(end.mutex);
  if (end.phase == PipeEnd::Phase::idle) end.bytes.resize(buffer.size());
  if (!end.call(lock)) return std::nullopt;
  std::ranges::copy(end.bytes, buffer.begin());
  return end.bytes.size();
}

bool PipeEnds::write_all(std::string_view bytes) const {
  PipeEnd& end = *state_->out.end;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece_bytes);
    std::unique_lock lock(end.mutex);
    if (end.phase == PipeEnd::Phase::idle) end.bytes.assign(piece.begin(), piece.end());
    if (!end.call(lock)) return false;
    bytes.remove_prefix(piece.size());
  }
  return true;
}

// Windows cannot tell how much a pipe takes without waiting.
std::size_t PipeEnds::write_at_once(std::string_view /*bytes*/) const { return 0; }

// Returns false while another call blocks in the pipe, because PeekNamedPipe() would block behind
// it.
bool PipeEnds::has_ended() const {
  PipeEnd& end = *state_->in.end;
  const std::scoped_lock lock(end.mutex);
  if (end.phase != PipeEnd::Phase::idle) return false;
  return GetFileType(end.handle) == FILE_TYPE_PIPE &&
         PeekNamedPipe(end.handle, nullptr, 0, nullptr, nullptr, nullptr) == 0;
}

void PipeEnds::interrupt() const {
  state_->in.interrupt();
  state_->out.interrupt();
}

}  // namespace cardmute::native_messaging
