// What a connection does when nobody waits for it, and before its process ends.
#include <chrono>
#include <filesystem>
#include <set>

#include "store/connection.hpp"
#include "store/deaths.hpp"

namespace cardmute::store {

using std::chrono::milliseconds;

void Connection::rest(Moment now) {
  if (!pending_entries_.empty() || !ends_.empty() || !reports_.empty()) write_all_that_waits(now);
  prepare_outcomes(now);
  sync(now);
}

void Connection::prepare_outcomes(Moment now) {
  if (!swept_ || outcomes_swept_) return;
  outcomes_swept_ = true;
  outcome_file_.prepare();
  std::set<std::filesystem::path> kept{outcome_file(settings_.file, settings_.self)};
  const bool read = guarded(now, [&](const IndexWatch&) {
    auto found = database_->query("SELECT boot, pid, started FROM host WHERE gone = 0");
    while (found.step()) {
      kept.insert(
          outcome_file(settings_.file, {found.text(0), found.integer(1), found.integer(2)}));
    }
  });
  if (read) remove_outcomes_but(settings_.file, kept);
}

void Connection::write_all_that_waits(Moment now) {
  const bool written =
      transact(now, [this](TransactionContext& context) { reports_.write(context); });
  if (written) reports_.written();
}

void Connection::leave(Moment now) {
  if (!reports_.empty()) write_all_that_waits(now);
  if (self_ == 0) return;
  const bool written =
      transact(now, [](TransactionContext& context) { bury(context, context.self); });
  if (written) outcome_file_.remove();
  self_ = 0;
}

// Makes what was written durable, on another thread. Nobody waits for that thread.
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
