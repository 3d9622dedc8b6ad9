#include "store/disk_sync.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <utility>

#include "platform/left_thread.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

namespace cardmute::store {

namespace {

void run(const DiskSync::Job& job) {
  Database database(job.file.string(), SQLITE_OPEN_READWRITE, job.vfs, 0);
  // Reading the version also opens the log. A version of 0 means that another program has replaced
  // the file, so that nothing has to be synced.
  if (schema_version(database) == 0) return;
  if (!job.empty_log) {
    database.sync_log();
    return;
  }
  database.execute("PRAGMA synchronous = NORMAL");
  if (!database.checkpoint()) return;
  // The next write would restart the log. mark() restarts it now, so that the log's new header
  // becomes durable before much is written after it. mark() does not wait for the disk, because
  // other processes wait for its lock.
  database.execute("PRAGMA synchronous = OFF");
  mark(database);
  database.sync_log();
}

// Returns why the job failed; empty if it succeeded, or if the store was busy, because a later job
// then does the work.
std::string outcome_of(const DiskSync::Job& job) {
  try {
    run(job);
  } catch (const SqliteError& error) {
    if (error.code() != SQLITE_BUSY) return error.what();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace

struct DiskSync::Progress {
  std::atomic<bool> done = false;
  std::string problem;  // valid once `done` is true
};

bool DiskSync::busy() {
  if (!progress_ || !progress_->done.load()) return progress_ != nullptr;
  problem_ = std::move(progress_->problem);
  progress_.reset();
  return false;
}

void DiskSync::start(Job job, engine::Steady now) {
  started_at_ = now;
  progress_ = std::make_shared<Progress>();
  const auto work = [progress = progress_, job = std::move(job)] {
    progress->problem = outcome_of(job);
    progress->done.store(true);
  };
  if (!own_thread_) {
    work();
    return;
  }
  try {
    platform::start_left_thread(work);
    // this happens, for example, if there are too many threads
  } catch (const std::exception& error) {
    progress_->problem = error.what();
    progress_->done.store(true);
  }
}

bool DiskSync::slow(engine::Steady now) {
  return busy() && now - started_at_ > std::chrono::milliseconds(kSlowSync_ms);
}

}  // namespace cardmute::store
