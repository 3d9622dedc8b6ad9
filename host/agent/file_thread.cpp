#include "agent/file_thread.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "platform/left_thread.hpp"

namespace cardmute::agent {

namespace {

constexpr std::chrono::milliseconds kLeave{100};

}  // namespace

struct FileThread::Shared {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Work> waiting;
  std::vector<Delivery> done;
  std::function<void()> wake;
  std::size_t undone = 0;  // how many pieces of work wait or run
  bool started = false;
  bool left = false;

  void work_until_left() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return left || !waiting.empty(); });
      if (left) return;
      Work work = std::move(waiting.front());
      waiting.pop_front();
      lock.unlock();
      Delivery delivery = work();
      work = nullptr;  // what the work owns is destroyed while the mutex is not locked
      lock.lock();
      --undone;
      if (!left) {
        done.push_back(std::move(delivery));
        wake();
      }
      changed.notify_all();
    }
  }
};

FileThread::FileThread(std::function<void()> wake) : shared_(std::make_shared<Shared>()) {
  shared_->wake = std::move(wake);
}

FileThread::~FileThread() {
  std::unique_lock lock(shared_->mutex);
  shared_->left = true;
  shared_->undone -= shared_->waiting.size();
  shared_->waiting.clear();
  shared_->changed.notify_all();
  shared_->changed.wait_for(lock, kLeave, [this] { return shared_->undone == 0; });
}

void FileThread::run(Work work) {
  const std::scoped_lock lock(shared_->mutex);
  shared_->waiting.push_back(std::move(work));
  ++shared_->undone;
  if (!shared_->started) {
    try {
      platform::start_left_thread([shared = shared_] { shared->work_until_left(); });
      shared_->started = true;
    } catch (const std::system_error&) {
      // There are too many threads. The work waits for the next run(), as it would for a slow disk.
    }
  }
  shared_->changed.notify_all();
}

void FileThread::deliver() {
  std::vector<Delivery> done;
  {
    const std::scoped_lock lock(shared_->mutex);
    done.swap(shared_->done);
  }
  for (const auto& delivery : done) delivery();
}

bool FileThread::busy() const {
  const std::scoped_lock lock(shared_->mutex);
  return shared_->undone > 0 || !shared_->done.empty();
}

bool FileThread::wait(std::chrono::milliseconds at_most) const {
  std::unique_lock lock(shared_->mutex);
  return shared_->changed.wait_for(lock, at_most, [this] { return shared_->undone == 0; });
}

}  // namespace cardmute::agent
