// The state that all host processes of a user share: leases, requests with their outcomes, and the
// ledger. It is one SQLite file with a write-ahead log: <state>/cardmute.db.
//
// No function throws, and no failure stops a mute: the function returns Shared{.works = false},
// failure() says why, and the store is opened again after kReopen_ms or kLocked_ms. A transaction
// waits at most kBusy_ms for other processes, and never for the disk (disk_sync.hpp). Most calls
// run one transaction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/utc_time.hpp"
#include "engine/bounds.hpp"
#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "engine/shared.hpp"
#include "platform/process.hpp"
#include "store/entry_kind.hpp"
#include "store/hellos.hpp"
#include "store/minutes.hpp"
#include "store/rules.hpp"

namespace cardmute::store {

// Busy timeout. Other processes write for microseconds, so a store that is busy for longer is
// stuck.
inline constexpr int kBusy_ms = 150;
// How long the store is not used after a failure other than those of kLocked_ms.
inline constexpr int kReopen_ms = 5000;
// How long the store is not used if another process has kept it locked for longer than kBusy_ms, or
// has truncated its index.
inline constexpr int kLocked_ms = 250;
// At most this many entries are kept; the oldest are deleted.
inline constexpr int kMaxLedger_entries = 200'000;

using engine::Command;
using engine::kLongestCall_ms;
using engine::kUnknownOutcome_ms;
using engine::Moment;
using engine::Shared;
using engine::Target;

inline std::filesystem::path store_file(const std::filesystem::path& state_directory) {
  return state_directory / "cardmute.db";
}

// The value of Settings::caller for a command of a person.
inline constexpr const char* kByHand = "by hand";

struct Settings {
  std::filesystem::path file;
  platform::ProcessIdentity self;
  // The browser of this process. The process takes over the leases of an earlier host of this
  // browser.
  platform::ProcessIdentity browser;
  std::string caller;  // the extension, "settle", or kByHand
  // Whether a process of this boot is alive. Tests replace it.
  std::function<bool(const platform::ProcessIdentity&)> is_alive = {};
  // The identities of this computer, from platform::machine_identities().
  std::string machine = {};
  // Whether any process of another boot is alive. If empty, starts.hpp decides. Tests replace it.
  std::function<bool(const std::string& start)> start_is_alive = {};
  // The name of SQLite's VFS; null: guarded_vfs(). Tests use one that fails.
  const char* vfs = nullptr;
  // If false, rest() itself waits for the disk. For tests with a simulated clock, and tests that
  // remove the file's folder.
  bool syncs_apart = true;
  // Busy timeout. Tests of races use a longer one, because a machine may be slow.
  int busy_ms = kBusy_ms;
  // The `detail` of this process's `request` entries. It is set for requests that a person makes by
  // a command.
  std::string request_detail = {};
};

// How leases end if their browser does not return.
struct Absence {
  int grace_ms = 3000;
  // False: the call stays muted until the call ends, and the mute is no longer outstanding.
  bool resume = true;
};

// A lease of this process. There is one for each open surface, one for the manual mute, and one
// while an unmute is delayed.
struct Lease {
  std::string surface;  // the surface's ID, kManualMute or kUnmuteDelay
  std::string origin;   // scheme, host and port; never a path
  std::string reason;
  // The lease does not want the mute at the moment, because the agent has chosen to record although
  // the form is open, or the form has been idle for too long.
  bool suspended = false;
};
inline constexpr const char* kManualMute = "(manual)";
// The name of the lease that keeps the mute while the unmute is delayed. No form is open, so this
// lease has no grace: it ends with its process.
inline constexpr const char* kUnmuteDelay = "(unmute delay)";

// Outcomes of ledger entries.
inline constexpr const char* kAcknowledged = "acknowledged";
// The outcome of a request whose process ended or died before it had recorded an answer.
inline constexpr const char* kOutcomeUnknown = "unknown";
inline constexpr const char* kNeverAcknowledged = "never_acknowledged";
// An outcome of `exposure`: a mute was requested and failed, and the call was still not muted when
// this process no longer wanted the mute.
inline constexpr const char* kToTheEnd = "to_the_end";
// Outcomes of `continued`, which say whether the banner was on top.
inline constexpr const char* kSeen = "seen";
inline constexpr const char* kNotSeen = "not_seen";
// Outcomes of `form_call`, which say what the call was doing.
inline constexpr const char* kTalking = "talking";
inline constexpr const char* kHeld = "held";

struct Entry {
  EntryKind kind = EntryKind::other;
  // when the event happened, or began if it has a duration; for a request, when its outcome was
  // known
  UtcTime at{};
  std::string surface;
  std::string origin;
  std::string command;  // a request's "mute" or "unmute", or a correction's direction
  std::optional<Target> target;
  // The outcome, which depends on the kind.
  // request: kAcknowledged, an error code's name, or kOutcomeUnknown
  // form_exposure, keystroke_exposure: kAcknowledged or kNeverAcknowledged
  // exposure: kToTheEnd or empty
  // continued: kSeen, kNotSeen or empty
  // form_call: kTalking, kHeld or empty
  // state: the name of the problem's error code, or empty
  // proof: "passed" or "failed"
  // correction: a name of kCorrectionChanges
  std::string outcome;
  std::optional<int> http_status;
  std::optional<std::int64_t> error_code;
  std::optional<double> latency_ms;  // how long a request took
  // How long the exposure lasted (exposure, form_exposure, keystroke_exposure), or the longest
  // delay (unmute_delayed).
  std::optional<double> duration_ms;
  // A text of this program, a text of the extension without long numbers, the name of a rule, or a
  // rule as JSON (correction). Never a path.
  std::string detail;
  // For a request: how often it was repeated with the same outcome, and when last; `at` and
  // `latency_ms` belong to the first one. For a kind that a page can cause without end: how many
  // more such entries there were that were not written (entry_limit.hpp, pending_entries.hpp).
  int repeats = 0;
  std::optional<UtcTime> last_at;
  std::string other_kind;  // the kind's name, if `kind` is EntryKind::other
};

// The times of a turn: only one process at a time requests the list of active calls.
struct CallsTurn {
  // the time from the end of one request to the start of the next, of any process
  int interval_ms = 0;
  int timeout_ms = 0;  // the timeout of this request
};

using RequestId = std::int64_t;

struct Begun {
  // False if an unmute must not be sent, because a lease wants the mute or another process's unmute
  // is in flight. Always true for a mute, and if the store fails.
  bool may_send = true;
  // The unmute must not be sent, but only because another process's unmute is in flight.
  bool other_unmute = false;
  RequestId request = 0;  // 0: the request was not written
  Shared shared = {};
};

class Store {
 public:
  // Does not open the file. The first call of another function does.
  explicit Store(Settings settings);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Reads what other processes have changed; fast if nothing has changed. Finds dead processes:
  // their leases become orphans, and their requests' outcomes unknown. Ends leases whose grace is
  // over, and forgets unknown outcomes after kUnknownOutcome_ms. After a failure, opens the store
  // again when it is time; then reopened() returns true once.
  Shared refresh(Moment now, const Absence& absence);

  // Adds or changes a lease of this process. Takes over an orphaned lease of the same browser for
  // the same surface. `with_next`: the lease is written with the next transaction, so that a mute
  // waits for one transaction, not two. That transaction (begin()) must follow at once, and the
  // state that is returned here is the previous one.
  Shared acquire(const Lease& lease, Moment now, bool with_next = false);
  Shared release(std::string_view surface, std::string_view reason, Moment now,
                 bool with_next = false);
  // The browser has gone, so this process's leases become orphans, and their grace begins.
  Shared orphan(Moment now);
  // To be called after orphan(): ends the leases now, because this process cannot wait for the end
  // of their grace. The mute then ends even if Absence::resume is false.
  Shared give_up(Moment now);
  // This process ends, so its remaining leases become orphans, and the outcomes of its unfinished
  // requests unknown. Writes what report(), said_hello(), ran() and keep_only_rules() have kept.
  void leave(Moment now);

  // Records a request before it is sent. `unless_wanted`: an unmute must not be sent while any
  // lease wants the mute.
  Begun begin(Command command, const Target& target, Moment now, bool unless_wanted = true);
  // Records the outcome. `counts`: the acknowledgement of a mute can be relied on. `settled`: after
  // this unmute, no mute is outstanding.
  Shared end(RequestId request, const engine::Outcome& outcome, bool counts, bool settled,
             Moment now);
  // Like end(), but keeps the outcome in memory until the next transaction, so that a reply need
  // not wait. Returns whether others find the outcome if this process is killed before that. If
  // not, call write_outcomes() before anything depends on the outcome.
  bool end_later(RequestId request, const engine::Outcome& outcome, bool counts, bool settled,
                 Moment now);
  // Whether the last Shared is still true, apart from outcomes of this process that are not written
  // yet: the store works, and nothing else has written to it since.
  bool is_current(Moment now);
  // Whether an outcome from end() or end_later() is not written yet.
  [[nodiscard]] bool has_outcomes() const;
  // Writes the outcomes and ledger entries that are not written yet.
  Shared write_outcomes(Moment now);
  // Call this before requesting the list of active calls. Returns nullopt if this process may
  // request it now; no other process may then request it until `interval_ms` after
  // end_calls_request(), or after the request must have timed out. Otherwise returns the earliest
  // time to try again. While another process holds the store's lock, nobody knows whose turn it is,
  // so this process tries again soon, for as long as a turn can last. If the store fails otherwise,
  // only the requests of this process count.
  std::optional<engine::Steady> begin_calls_request(const CallsTurn& turn, Moment now);
  // Call this when the request was answered or has failed. The interval counts from now on.
  void end_calls_request(const CallsTurn& turn, Moment now);
  // Shares a received list with the other processes of this user.
  Shared listed(const engine::KnownCalls& calls, Moment now);
  // Like begin(), for an unmute that a person requests. It may be sent even if leases want the
  // mute, or another unmute is in flight. No mute that began before the end of this unmute counts,
  // whatever its target or process, because a call may be muted both by its own ID and through its
  // extension. Settings::caller must be kByHand.
  Begun begin_unmute_by_hand(const Target& target, Moment now);
  // Records an outstanding mute that only this process knows of: after reopened(), or because the
  // engine demands it (engine::AddOutstanding).
  Shared add_outstanding_mute(const Target& target, Moment now);
  // Removes an outstanding mute that nobody has to end any more.
  Shared remove_outstanding_mute(const Target& target, Moment now);

  // Keeps the entry in memory until the next transaction or rest(), so that it delays nothing.
  void add_entry(Entry entry);
  // The next four functions also keep in memory what they are given. Only rest() and leave() write
  // it.
  void report(RuleReport report);
  void said_hello(BrowserHello hello);  // a hello of an extension in this process's browser
  void ran(Minute minute);
  // Keeps only the rules with these names, which are those of the configuration. What is known
  // about others is deleted.
  void keep_only_rules(std::vector<std::string> names);
  // Call this when there is nothing else to do. Writes what is kept in memory, and makes it durable
  // on another thread.
  void rest(Moment now);

  // Why the store does not work, or why its content may not survive a power cut: one line for a
  // person, with the file's name. Empty if there is no problem.
  [[nodiscard]] const std::string& failure() const;
  // Who else could change the store, or put another in its place: a path with its owner and mode;
  // empty if nobody could.
  [[nodiscard]] const std::string& unsafe() const;
  // Whether the store has rows of another boot: of another machine or container, or of an earlier
  // boot that is not ended yet.
  [[nodiscard]] bool is_shared() const;
  // Whether the other thread is waiting for the disk.
  [[nodiscard]] bool is_syncing() const;
  // True once after the store works again or was created again, or after other processes took this
  // process for dead. Then call acquire() and add_outstanding_mute() again for all leases and
  // outstanding mutes of this process.
  bool reopened();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::store
