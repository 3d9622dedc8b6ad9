// Runs work that may wait for a disk, on a thread of its own. A network share may take seconds to
// answer, or never answer, and a mute must not wait for it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace cardmute::agent {

class FileThread {
 public:
  // The result of the work as a function, which runs on the loop's thread.
  using Delivery = std::function<void()>;
  using Work = std::function<Delivery()>;

  // `wake` is called on the other thread whenever there is something to deliver.
  explicit FileThread(std::function<void()> wake);
  // Drops the work that has not begun, and waits a moment for work that is running. All results
  // that were not delivered are dropped.
  ~FileThread();
  FileThread(const FileThread&) = delete;
  FileThread& operator=(const FileThread&) = delete;

  // Adds work, which runs after all earlier work. The work must own what it uses, because the work
  // may outlive this object.
  void run(Work work);
  // Runs the results of all work that is done. Call it on the loop's thread.
  void deliver();
  // Whether there is work whose result has not been delivered yet.
  [[nodiscard]] bool busy() const;
  // Waits until all work has been done; false if that took too long.
  [[nodiscard]] bool wait(std::chrono::milliseconds at_most) const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;  // shared with the thread, which may outlive this object
};

}  // namespace cardmute::agent
