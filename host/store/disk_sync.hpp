// Makes the store's content durable, on a separate thread: a disk may take seconds, or never
// answer, and a mute must not wait for it. No other thread of the host ever waits for the disk.
//
// The log is synced about once a second. If it has grown, it is also copied into the database file
// and restarted. A power cut can damage the store only between the restart and the sync of the
// log's new header.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/moment.hpp"

namespace cardmute::store {

// A sync that takes longer is reported. This has no other effect.
inline constexpr int kSlowSync_ms = 10'000;

class DiskSync {
 public:
  struct Job {
    std::filesystem::path file;
    const char* vfs = nullptr;  // null: the default one
    bool empty_log = false;     // also copy the log into the database
  };

  // `own_thread` false: start() itself waits for the disk. For tests with a simulated clock.
  explicit DiskSync(bool own_thread) : own_thread_(own_thread) {}

  // Whether a job is running. If it has ended, takes over its result.
  bool busy();
  // Call it only if not busy(). Does not block.
  void start(Job job, engine::Steady now);
  // Why the last job failed; empty if it succeeded.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  // Whether the running job has taken longer than kSlowSync_ms.
  bool slow(engine::Steady now);

 private:
  struct Progress;
  bool own_thread_;
  engine::Steady started_at_{};
  // Shared with the thread, which may outlive this object.
  std::shared_ptr<Progress> progress_;
  std::string problem_;
};

}  // namespace cardmute::store
