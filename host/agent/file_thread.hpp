// Runs work that may wait for a disk, on a thread of its own: the disk of a network share may take
// seconds, or never answer, and a mute must not wait for it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace cardmute::agent {

class FileThread {
 public:
  // What follows from the work that was done; it runs in the loop's thread.
  using Delivery = std::function<void()>;
  using Work = std::function<Delivery()>;

  // `wake` is called on the other thread whenever there is something to deliver.
  explicit FileThread(std::function<void()> wake);
  // Waits a moment for the work that is running. Its delivery is dropped.
  ~FileThread();
  FileThread(const FileThread&) = delete;
  FileThread& operator=(const FileThread&) = delete;

  // Does the work after the work before it. `work` must own what it uses: it may outlive this
  // object.
  void run(Work work);
  // Calls the deliveries of all work that has been done.
  void deliver();
  // Whether some work has not been delivered.
  [[nodiscard]] bool busy() const;
  // Waits until all work has been done; false if that took too long.
  [[nodiscard]] bool wait(std::chrono::milliseconds at_most) const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;  // with the thread, which may outlive this object
};

}  // namespace cardmute::agent
