// The part of connection.hpp that makes the store's content durable.
#include <chrono>

#include "store/connection.hpp"

namespace cardmute::store {

using std::chrono::milliseconds;

// Makes what was written durable, on a thread that nobody waits for.
void Connection::sync(Moment now) {
  note_disk(now);
  if (!database_ || disk_.busy() || (sync_at_ && now.steady < *sync_at_)) return;
  if (database_->log_pages() > 0) {
    log_pages_ = database_->log_pages();
  } else if (disk_.problem().empty()) {
    return;
  }
  sync_at_ = now.steady + milliseconds(kSync_ms);
  const bool empty_log = log_pages_ > kCheckpoint_pages;
  if (!guarded(now, [&](const IndexWatch&) { prune_entries(*database_); })) return;
  database_->forget_log();
  disk_.start({settings_.file, settings_.vfs, empty_log}, now.steady);
  note_disk(now);
}

void Connection::note_disk(Moment now) {
  const bool slow = disk_.slow(now.steady);
  not_durable_.clear();
  if (!slow && disk_.problem().empty()) return;
  not_durable_ =
      "What is written to the store " + settings_.file.string() + " does not reach the disk";
  not_durable_ += slow
                      ? ", which has not answered for " + std::to_string(kSlowSync_ms / 1000) + " s"
                      : ": " + disk_.problem();
  not_durable_ += ". Mutes still work, but a power cut would lose it.";
}

}  // namespace cardmute::store
