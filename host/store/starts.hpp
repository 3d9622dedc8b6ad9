// Boots of machines, called "starts". PIDs and steady times are valid only within one boot of one
// machine or container. A store may contain rows of several boots: the machine was restarted, or
// the folder is shared or was copied. Private to store/.
//
// A boot is alive as long as one of its processes locks the boot's file next to the store. All
// containers and systems that share the file system see this lock. (Network file systems are not
// supported: locks may not work there, and SQLite's write-ahead log does not.) The rows of a live
// boot are left alone. Mutes of a dead boot of this machine are ended at once. Rows of another
// machine's boot are deleted, without a request, when it has been dead for kMissing_ms: the store
// may be a copy, and that machine may still be running. They are not deleted sooner, because a host
// that was killed there needs its rows when its browser starts it again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/transaction_context.hpp"

namespace cardmute::store {

// Records this process's boot in the store.
void register_start(TransactionContext& context);

struct OtherStart {
  std::string boot;
  bool of_this_machine = false;
  bool operator==(const OtherStart&) const = default;
};
// The other boots with rows in the store. All tables are searched, because older versions did not
// record boots.
std::vector<OtherStart> other_starts(TransactionContext& context);

inline constexpr int kMissing_ms = 10'000;

// Decides whether another boot is over. A boot of this machine is over as soon as it is dead. A
// boot of another machine is over when this process has found it dead for kMissing_ms.
class StartWatch {
 public:
  bool is_over(const OtherStart& start, const Settings& settings, engine::Steady now);

 private:
  std::map<std::string, engine::Steady> missing_since_;
};

// Takes over or deletes the rows of boots that are over.
void end_other_starts(TransactionContext& context, StartWatch& watch);

// Whether any process of the boot `start` is alive; see Settings.
bool start_is_alive(const Settings& settings, const std::string& start);

}  // namespace cardmute::store
