// The file of one process; see session.hpp.
#include "store/session.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

#include "store/leases.hpp"
#include "store/processes.hpp"

namespace cardmute::store {

using std::chrono::milliseconds;

namespace {

int pause_after(const SqliteError& error) {
  constexpr int kPrimary_mask = 0xff;  // of an extended code
  return (error.code() & kPrimary_mask) == SQLITE_BUSY ? kLocked_ms : kReopen_ms;
}

}  // namespace

Session::Session(Settings settings) : settings_(std::move(settings)) {
  if (!settings_.is_alive) {
    settings_.is_alive = [](const platform::ProcessIdentity& process) {
      return platform::process_is_alive(process);
    };
  }
}

void Session::open(Moment now) {
  Opened opened = open_store({settings_.file, settings_.vfs, kBusy_ms, suspect_, now.utc});
  database_ = std::move(opened.database);
  suspect_ = false;
  if (opened.set_aside || (opened.made && was_open_)) {
    Entry entry = entry_of("store_mended", now.utc);
    entry.detail = opened.set_aside ? "the file was damaged and set aside" : "the file was gone";
    notes_.add(std::move(entry));
  }
  if (was_open_ || !failure_.empty()) reopened_ = true;
  was_open_ = true;
  failure_.clear();
  retry_at_.reset();
  moved_checked_at_ = now.steady;
  checkpoint_at_.reset();
}

void Session::close() {
  database_.reset();
  self_ = 0;
  view_ = {};
  swept_ = false;
  data_version_ = -1;
  newest_.reset();
}

bool Session::usable(Moment now) {
  if (!database_ && retry_at_ && now.steady < *retry_at_) return false;
  if (database_ && now.steady - moved_checked_at_ >= milliseconds(kMoved_ms)) {
    moved_checked_at_ = now.steady;
    if (database_->has_moved()) close();
  }
  if (!database_) open(now);
  return true;
}

bool Session::failed(const SqliteError& error, Moment now) {
  const bool damaged = error.damage() && database_ != nullptr;
  const std::string why = error.what();
  close();
  if (damaged) {
    suspect_ = true;
    return true;
  }
  fail(why, pause_after(error), now);
  return false;
}

void Session::fail(const std::string& why, int pause_ms, Moment now) {
  close();
  failure_ = "The store " + settings_.file.string() + " cannot be used: " + why +
             ". Mutes go on; other browsers of this user are not known.";
  retry_at_ = now.steady + milliseconds(pause_ms);
}

bool Session::guarded(Moment now, const std::function<void()>& step) {
  constexpr int kAttempts = 2;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    try {
      if (!usable(now)) return false;
      step();
      return true;
    } catch (const SqliteError& error) {
      if (!failed(error, now)) return false;
      if (attempt + 1 == kAttempts) fail(error.what(), kReopen_ms, now);
    } catch (const std::exception& error) {
      fail(error.what(), kReopen_ms, now);
      return false;
    }
  }
  return false;
}

bool Session::transact(Moment now, const Work& work) {
  const bool done = guarded(now, [&] {
    Transaction transaction(*database_, Transaction::Kind::writing);
    Books books{*database_, settings_, self_, now};
    check_registration(books);
    if (!swept_) {
      release_forgotten(books, held_);
      find_dead(books);
      liveness_checked_at_ = now.steady;
    }
    write_what_waited(books);
    work(books);
    View view = read_view(books, absence_);
    transaction.commit();
    swept_ = true;
    view_ = std::move(view);
    ends_.clear();
    notes_.written();
  });
  changes_.clear();
  return done;
}

void Session::check_registration(Books& books) {
  const HostId row = find_registration(books);
  // Others took this process for dead: its leases are orphans, and have to be told again.
  if (self_ != 0 && row != self_) reopened_ = true;
  self_ = row;
}

void Session::write_what_waited(Books& books) {
  for (const Work& change : changes_) change(books);
  notes_.write(books.database, books.now.utc);
  for (const Ended& ended : ends_) {
    end_request(books, ended);
    write_request(books, ended);
  }
}

void Session::write_request(Books& books, const Ended& ended) {
  const auto& outcome = ended.outcome;
  const bool repeatable = ended.asked.command == Command::mute && outcome.acknowledged();
  if (repeatable && newest_ && newest_->target == ended.asked.target &&
      repeat_entry(books.database, newest_->id, ended.at.utc)) {
    return;
  }
  Entry entry = entry_of("request", ended.at.utc);
  entry.command = name_of(ended.asked.command);
  entry.target = ended.asked.target;
  entry.outcome = outcome.error ? cardmute::name_of(*outcome.error) : kAcknowledged;
  if (outcome.http_status != 0) entry.http_status = outcome.http_status;
  entry.error_code = outcome.error_code;
  entry.latency_ms = outcome.latency_ms;
  const std::int64_t id = write_entry(books.database, entry);
  newest_ = repeatable ? std::optional(Newest{id, ended.asked.target}) : std::nullopt;
}

bool Session::one_died(Moment now) {
  if (view_.others.empty() || now.steady - liveness_checked_at_ < milliseconds(kLiveness_ms)) {
    return false;
  }
  liveness_checked_at_ = now.steady;
  return std::any_of(view_.others.begin(), view_.others.end(), [this](const auto& process) {
    return process.boot != settings_.self.boot || !settings_.is_alive(process);
  });
}

bool Session::look_anew(Moment now) {
  const auto version = database_->number("PRAGMA data_version").value_or(0);
  const bool changed = std::exchange(data_version_, version) != version;
  if (changed) {
    Transaction transaction(*database_, Transaction::Kind::reading);
    Books books{*database_, settings_, self_, now};
    check_registration(books);
    view_ = read_view(books, absence_);
    transaction.commit();
  }
  return !swept_ || !ends_.empty() || one_died(now) || (view_.due && *view_.due <= now.steady);
}

void Session::look(Moment now, const Absence& absence, const Work& housekeeping) {
  if (absence.grace_ms != absence_.grace_ms) data_version_ = -1;
  absence_ = absence;
  bool something_to_write = false;
  const bool works = guarded(now, [&] { something_to_write = look_anew(now); });
  if (works && something_to_write) transact(now, housekeeping);
}

void Session::rest(Moment now) {
  if (!notes_.empty() || !ends_.empty() || !reports_.empty()) write_all_that_waits(now);
  if (!database_ || database_->log_pages() == 0) return;
  if (checkpoint_at_ && now.steady < *checkpoint_at_ &&
      database_->log_pages() <= kCheckpoint_pages) {
    return;
  }
  guarded(now, [&] { checkpoint(now); });
}

void Session::write_all_that_waits(Moment now) {
  const bool written = transact(now, [this](Books& books) { reports_.write(books.database); });
  if (written) reports_.written();
}

void Session::leave(Moment now) {
  if (!reports_.empty()) write_all_that_waits(now);
  if (self_ == 0) return;
  transact(now, [](Books& books) { bury(books, books.self); });
  self_ = 0;
}

void Session::checkpoint(Moment now) {
  checkpoint_at_ = now.steady + milliseconds(kCheckpoint_ms);
  prune_entries(*database_);
  if (!database_->checkpoint()) return;
  // The next to write starts the log anew, and waits for the disk. Rather here than where a mute is
  // to be sent.
  try {
    mark(*database_);
  } catch (const SqliteError& error) {
    if (error.code() != SQLITE_BUSY) throw;
  }
  database_->forget_log();
}

}  // namespace cardmute::store
