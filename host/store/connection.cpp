#include "store/connection.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

#include "store/close_request.hpp"
#include "store/deaths.hpp"
#include "store/hosts.hpp"
#include "store/leases.hpp"
#include "store/shared_index.hpp"
#include "store/sharing.hpp"
#include "store/starts.hpp"
#include "store/store_folder.hpp"

namespace cardmute::store {

using std::chrono::milliseconds;

namespace {

constexpr const char* kIndexCut =
    "another program has truncated its index (-shm), which is being rebuilt";

// Thrown if the index was truncated meanwhile: what was read may be wrong, and so may be everything
// that depends on it.
struct IndexCut {};

}  // namespace

Connection::Connection(Settings settings)
    : settings_(std::move(settings)),
      life_sign_(life_sign_of(settings_.file, settings_.self.boot)),
      outcome_file_(outcome_file(settings_.file, settings_.self)),
      disk_(settings_.syncs_apart) {
  if (!settings_.is_alive) {
    settings_.is_alive = [](const platform::ProcessIdentity& process) {
      return platform::process_is_alive(process);
    };
  }
}

void Connection::open(Moment now) {
  // The life sign is given before the first write, so that other processes do not take the rows of
  // this process for those of a dead one.
  if (!settings_.start_is_alive) life_sign_.give();
  Opened opened = open_store({settings_.file, settings_.vfs, settings_.busy_ms, suspect_, now.utc});
  database_ = std::move(opened.database);
  suspect_ = false;
  if (opened.set_aside || (opened.made && was_open_)) {
    Entry entry = entry_of(EntryKind::store_mended, now.utc);
    entry.detail = opened.set_aside ? "the file was damaged and set aside" : "the file was gone";
    pending_entries_.add(std::move(entry));
  }
  if (was_open_ || !failure_.empty()) reopened_ = true;
  was_open_ = true;
  failure_.clear();
  const auto flaw = flaw_of_folder(settings_.file);
  unsafe_ = flaw ? flaw->words() : "";
  retry_at_.reset();
  moved_checked_at_ = now.steady;
  sync_at_.reset();
}

void Connection::close() {
  database_.reset();
  outcome_file_.close();
  outcomes_swept_ = false;
  self_ = 0;
  view_ = {};
  swept_ = false;
  data_version_ = told_version_ = -1;
  newest_.reset();
}

bool Connection::usable(Moment now) {
  if (!database_ && retry_at_ && now.steady < *retry_at_) return false;
  if (database_ && database_->index_is_cut()) index_was_cut(false, now);
  if (database_ && now.steady - moved_checked_at_ >= milliseconds(kMoved_ms)) {
    moved_checked_at_ = now.steady;
    const bool asked = asked_to_close(settings_.file);
    if (asked) suspect_ = true;
    if (asked || database_->has_moved() || database_->index_has_moved()) close();
    if (!settings_.start_is_alive) life_sign_.give();
  }
  if (!database_) open(now);
  return true;
}

bool Connection::failed(const SqliteError& error, Moment now) {
  const bool damaged = error.damage() && database_ != nullptr;
  const std::string why = error.what();
  close();
  if (damaged) {
    suspect_ = true;
    return true;
  }
  fail(why, error.code() == SQLITE_BUSY ? Trouble::passing : Trouble::lasting, now);
  return false;
}

void Connection::fail(const std::string& why, Trouble trouble, Moment now) {
  close();
  const auto flaw = flaw_of_folder(settings_.file);
  const bool is_folders = flaw && flaw->unusable;
  failure_ = "The store " + settings_.file.string() +
             " cannot be used: " + (is_folders ? flaw->words() : why) +
             ". Mutes still work, but other browsers of this user are not known.";
  trouble_ = trouble;
  retry_at_ = now.steady + milliseconds(trouble == Trouble::passing ? kLocked_ms : kReopen_ms);
}

bool Connection::guarded(Moment now, const std::function<void(const IndexWatch&)>& step) {
  constexpr int kAttempts = 2;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const bool last = attempt + 1 == kAttempts;
    IndexWatch index;
    try {
      if (!usable(now)) return false;
      index = IndexWatch();
      step(index);
      if (!index.cut()) return true;
      // The index was truncated during the commit, so the commit may have failed.
      index_was_cut(true, now);
      return false;
    } catch (const IndexCut&) {
      index_was_cut(last, now);
    } catch (const SqliteError& error) {
      if (index.cut()) {
        index_was_cut(last, now);
      } else if (!failed(error, now)) {
        return false;
      } else if (last) {
        fail(error.what(), Trouble::lasting, now);
      }
    } catch (const std::exception& error) {
      fail(error.what(), Trouble::lasting, now);
      return false;
    }
  }
  return false;
}

void Connection::index_was_cut(bool last_attempt, Moment now) {
  if (database_) database_->discard_index();
  close();
  if (last_attempt) fail(kIndexCut, Trouble::passing, now);
}

bool Connection::transact(Moment now, const Work& work, Others others) {
  const bool done = guarded(now, [&](const IndexWatch& index) {
    Transaction transaction(*database_, Transaction::Kind::writing);
    TransactionContext context{*database_, settings_, self_, entries_, now};
    const std::int64_t version = data_version();
    const bool same = swept_ && version == data_version_ && others == Others::unchanged;
    if (!same) check_registration(context);
    if (!swept_) {
      register_start(context);
      // After a failure it is unknown which requests were written, and under which IDs.
      context.database.run("UPDATE flight SET doubt = 1 WHERE host = ?", self_);
      release_forgotten(context, held_);
      end_other_starts(context, starts_);
      find_dead(context);
      liveness_checked_at_ = now.steady;
    }
    write_what_waited(context);
    work(context);
    View view = read_view(context, absence_, same ? &view_ : nullptr);
    if (index.cut()) throw IndexCut();
    transaction.commit();
    swept_ = true;
    data_version_ = version;
    view_ = std::move(view);
    ends_.clear();
    outcome_file_.written();
    pending_entries_.written();
  });
  changes_.clear();
  return done;
}

void Connection::check_registration(TransactionContext& context) {
  const HostId row = find_registration(context);
  // Other processes took this process for dead and orphaned its leases, so this process must
  // acquire the leases again.
  if (self_ != 0 && row != self_) reopened_ = true;
  self_ = row;
}

// Writes pending entries and outcomes in the order in which things happened.
void Connection::write_what_waited(TransactionContext& context) {
  std::size_t written = 0;
  for (const Ended& ended : ends_) {
    pending_entries_.write(context, written, ended.entries_before);
    written = ended.entries_before;
    end_request(context, ended);
    write_request(context, ended);
  }
  pending_entries_.write(context, written, pending_entries_.count());
  for (const Work& change : changes_) change(context);
}

void Connection::end(Ended ended) {
  ended.entries_before = pending_entries_.count();
  ends_.push_back(std::move(ended));
}

bool Connection::end_later(Ended ended) {
  const bool kept = outcome_file_.keep(ended);
  end(std::move(ended));
  return kept;
}

std::int64_t Connection::data_version() const {
  return database_->number("PRAGMA data_version").value_or(0);
}

bool Connection::is_current(Moment now) {
  bool current = false;
  const bool works =
      guarded(now, [&](const IndexWatch&) { current = data_version() == told_version_; });
  return works && current && swept_;
}

void Connection::write_request(TransactionContext& context, const Ended& ended) {
  const bool repeatable = ended.asked.command == Command::mute && ended.outcome.acknowledged();
  if (repeatable && newest_ && newest_->target == ended.asked.target &&
      repeat_entry(context.database, newest_->id, ended.at.utc)) {
    return;
  }
  Entry entry = entry_of(ended);
  entry.detail = settings_.request_detail;
  const std::int64_t id = write_entry(context.database, entry);
  newest_ = repeatable ? std::optional(Newest{id, ended.asked.target}) : std::nullopt;
}

bool Connection::one_died(Moment now) {
  const bool alone = view_.others.empty() && view_.other_starts.empty();
  if (alone || now.steady - liveness_checked_at_ < milliseconds(kLiveness_ms)) {
    return false;
  }
  liveness_checked_at_ = now.steady;
  return std::ranges::any_of(view_.others,
                             [this](const auto& other) { return !settings_.is_alive(other); }) ||
         std::ranges::any_of(view_.other_starts, [this, now](const OtherStart& start) {
           return starts_.is_over(start, settings_, now.steady);
         });
}

bool Connection::look_anew(Moment now, const IndexWatch& index) {
  const std::int64_t version = data_version();
  if (std::exchange(data_version_, version) != version) {
    Transaction transaction(*database_, Transaction::Kind::reading);
    TransactionContext context{*database_, settings_, self_, entries_, now};
    check_registration(context);
    View view = read_view(context, absence_, nullptr);
    transaction.commit();
    if (index.cut()) throw IndexCut();
    view_ = std::move(view);
  }
  return !swept_ || !ends_.empty() || one_died(now) || (view_.due && *view_.due <= now.steady);
}

void Connection::look(Moment now, const Absence& absence, const Work& housekeeping) {
  if (absence.grace_ms != absence_.grace_ms) data_version_ = -1;
  absence_ = absence;
  bool something_to_write = false;
  const bool works = guarded(now, [&](const IndexWatch& index) {
    something_to_write = look_anew(now, index);
    // What was read before the truncation cannot be relied on.
    if (index.cut()) throw IndexCut();
  });
  if (works && something_to_write) transact(now, housekeeping, Others::may_change);
}

}  // namespace cardmute::store
