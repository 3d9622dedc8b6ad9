// What all host processes of this user share: leases, what is asked for and what came of it, and
// the ledger of what happened. SQLite with a write-ahead log, one file: <state>/cardmute.db.
// run/session.cpp writes it; cli/ reads the ledger and the proof of polarity through ledger.hpp and
// proof.hpp.
//
// Nothing here throws, and nothing here can stop a mute: what fails makes failure() speak, gives
// Shared{.works = false}, and is tried anew after kReopen_ms. One transaction a call, each bounded
// by kBusy_ms; no call waits for the disk but rest().
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bounds.hpp"
#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "engine/shared.hpp"
#include "platform/process.hpp"
#include "protocol/status.hpp"
#include "store/rules.hpp"

namespace cardmute::store {

// Another process writes for microseconds, or for as long as the disk takes when it starts the log
// anew; who waits longer meets a store that is stuck.
inline constexpr int kBusy_ms = 150;
// After a failure the store is left alone for so long...
inline constexpr int kReopen_ms = 5000;
// ...and for so long when it was only locked, which passes.
inline constexpr int kLocked_ms = 250;
// The ledger's oldest entries go first.
inline constexpr int kMaxLedger_entries = 200'000;

using engine::Command;
using engine::kDoubt_ms;
using engine::kLongestCall_ms;
using engine::Moment;
using engine::Shared;
using protocol::Target;

struct Settings {
  std::filesystem::path file;
  platform::ProcessIdentity self;
  platform::ProcessIdentity browser;  // whose surfaces these are: a restarted worker's host takes
                                      // over the leases of its predecessor under the same browser
  std::string caller;                 // the extension, or "settle"
  // Whether a process of this machine start lives. Tests have their own.
  std::function<bool(const platform::ProcessIdentity&)> is_alive = {};
  // SQLite's way to the file system; nothing: its own. Tests have one that fails.
  const char* vfs = nullptr;
};

// How leases end whose browser stays away.
struct Absence {
  int grace_ms = 3000;
  bool resume = true;  // false: the call stays muted to its end, and the debt is written off
};

// What is a lease of this process: one per open surface, one for the manual mute.
struct Lease {
  std::string surface;  // kManualMute for the manual mute
  std::string origin;   // scheme, host and port; never a path
  std::string reason;
  // Does not want the mute at the moment: the agent records over it, or it was forgotten (idle).
  bool suspended = false;
};
inline constexpr const char* kManualMute = "(manual)";

// Outcomes as the ledger has them.
inline constexpr const char* kAcknowledged = "acknowledged";
inline constexpr const char* kNeverAcknowledged = "never_acknowledged";

// What one line of the ledger tells. `kind` is one of: surface_open, surface_close, surface_lost
// (its process died or its browser went), surface_settled (its grace ended), override, request,
// exposure, state, left_muted, proof, store_mended, recording_over_form, idle, continued (although
// the mute was not held), form_exposure and keystroke_exposure (once a surface: from the form's
// being visible, or the first key in a card's field, until the mute was acknowledged), rule_drift.
struct Entry {
  std::string kind;
  protocol::UtcTime at{};  // when it was known; request: when its outcome was
  std::string surface;
  std::string origin;
  std::string command;  // request: "mute" or "unmute"
  std::optional<Target> target;
  // request: kAcknowledged, an error code's name, or "unknown"; form_exposure and
  // keystroke_exposure: kAcknowledged or kNeverAcknowledged
  std::string outcome;
  std::optional<int> http_status;
  std::optional<std::int64_t> error_code;
  std::optional<double> latency_ms;   // request
  std::optional<double> duration_ms;  // the three exposures: how long
  std::string detail;                 // words of this program or the browser's; no path, no number
  // request: how often it was repeated with the same outcome, and when last. `at` and `latency_ms`
  // are the first one's.
  int repeats = 0;
  std::optional<protocol::UtcTime> last_at;
};

using RequestId = std::int64_t;

struct Begun {
  // False: an unmute that must not be sent, because a lease lives or another process is at it.
  // Always true for a mute, and where the store fails.
  bool may_send = true;
  RequestId request = 0;  // 0: not written
  Shared shared;
};

class Store {
 public:
  // Touches nothing; the first call opens the file.
  explicit Store(Settings settings);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Reads anew what the others have done, cheaply where nothing changed. Finds processes that died
  // (their leases become orphans, their requests unknown), ends the leases whose grace is over and
  // unknown requests whose doubt is. Opens again what had failed, if its time has come; then
  // reopened() says so once.
  Shared look(Moment now, const Absence& absence);

  // A lease of this process is there, or has changed. A surface that an orphan of the same browser
  // had is taken over from it.
  // `with_next`: written with the next transaction, which follows at once (begin()): one instead of
  // two before a mute is sent. What is given is then what was known before.
  Shared hold(const Lease& lease, Moment now, bool with_next = false);
  Shared release(std::string_view surface, std::string_view reason, Moment now,
                 bool with_next = false);
  // The browser has gone: this process' leases are orphans from now on, for the grace to come.
  Shared orphan(Moment now);
  // After orphan(): nobody will wait out their grace, so they end now.
  Shared give_up(Moment now);
  // This process ends in good order; what it still holds is orphaned.
  void leave(Moment now);

  // Before a request is sent: the intention.
  // `unless_wanted`: an unmute that must not go while any lease lives.
  Begun begin(Command command, const Target& target, Moment now, bool unless_wanted = true);
  // The outcome. `counts`: an acknowledgement (of a mute) that may be relied on. `settled`: an
  // unmute after which nothing is owed any more.
  Shared end(RequestId request, const engine::Outcome& outcome, bool counts, bool settled,
             Moment now);
  // Before the list of active calls is asked for: nothing, it may be (and that is written); else
  // when it may be, because some process of this user has asked less than `interval_ms` ago.
  std::optional<engine::Steady> begin_question(int interval_ms, Moment now);
  // A usable list came: the others of this user need not ask.
  Shared listed(const engine::KnownCalls& calls, Moment now);
  // After reopened(): a mute may stand that only this process knew of.
  Shared owe(const Target& target, Moment now);
  // A debt that is written off: no call can be left.
  Shared write_off(const Target& target, Moment now);

  // Kept in memory and written with the next transaction or rest(): never worth a delay.
  void note(Entry entry);
  // The same of what a browser says of a rule, and of which rules there are: written by rest()
  // and leave() only.
  void report(RuleReport report);
  void keep_only_rules(std::vector<std::string> names);
  // Nothing else is to be done: writes what is kept in memory, and lets the disk have what was
  // written.
  void rest(Moment now);

  // Why the store is not used, one line for a person with the file's name; empty when it is.
  [[nodiscard]] const std::string& failure() const;
  // True once after the store works again (or was made anew): its leases and debts have to be told
  // again with hold() and owe().
  bool reopened();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::store
