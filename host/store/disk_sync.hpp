// Makes the store's content durable on a separate thread: a disk may take seconds to answer, or
// never answer, and a mute must not wait for it. No other thread of the host syncs the store.
//
// The write-ahead log is synced about once a second. If it has grown, it is also copied into the
// database file and restarted. A power cut can damage the store only between this restart and the
// sync of the log's new header.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/moment.hpp"

namespace cardmute::store {

// A sync that takes longer is reported, but not ended.
inline constexpr int kSlowSync_ms = 10'000;

class DiskSync {
 public:
  struct Job {
    std::filesystem::path file;
    const char* vfs = nullptr;  // null: the default one
    bool empty_log = false;     // whether to copy the log into the database, too
  };

  // If `own_thread` is false, start() itself waits for the disk. Tests with a simulated clock use
  // this.
  explicit DiskSync(bool own_thread) : own_thread_(own_thread) {}

  // Whether a job is running. If one has ended, this function takes over its result.
  bool busy();
  // Starts a job without waiting for it. Call it only if not busy().
  void start(Job job, engine::Steady now);
  // Why the last job failed; empty if it did not. busy() updates this.
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
