// How long the call was muted, day by day (UTC), and which share of the day that was; from the
// ledger. For `ledger`, `doctor` and their tests.
//
// A mute lasts from its acknowledgement to the acknowledgement of its unmute. Where none came (its
// process died, the call ended), it counts to its last repetition: more is not known.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/minutes.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

// A mute that was not repeated for longer is over. Longer than three of the longest intervals
// between repetitions (the key reassert_ms).
inline constexpr std::chrono::minutes kMuteIsOver{3};
// How much of a day's time the list of active calls must be known for, so that the day's calls are
// what the muted time is compared with.
inline constexpr double kCallsKnown_share = 0.9;

struct MuteDay {
  std::chrono::sys_days day{};
  int mutes = 0;  // that began
  std::chrono::milliseconds muted{};
  std::chrono::milliseconds longest{};  // of those that ended or were last repeated on this day
  // The time with a call where that is known, else the time in which a browser with CardMute ran;
  // nothing: neither is known.
  std::optional<std::chrono::milliseconds> of;
  bool of_calls = false;
};

class MuteTimes {
 public:
  // In the ledger's order.
  void add(const store::Entry& entry);
  void add(const store::Minute& minute);

  // Each day that has a mute, in order.
  [[nodiscard]] std::vector<MuteDay> days() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::json as_json() const;

 private:
  struct Mute {
    UtcTime from{};
    UtcTime until{};
  };
  struct Minutes {
    int all = 0;
    int known = 0;  // the list of active calls was read
    int calls = 0;
  };
  using Target = std::pair<TargetBy, std::string>;

  void on_mute(const Target& target, UtcTime at, UtcTime last_at);
  void end(const Target& target, std::optional<UtcTime> at);
  [[nodiscard]] std::vector<Mute> all_mutes() const;

  std::map<Target, Mute> open_;
  std::vector<Mute> ended_;
  std::map<std::chrono::sys_days, Minutes> minutes_;
};

// "2 h 5 min", "4.1 min", "12.3 s".
std::string duration_text(std::chrono::milliseconds duration);
// One line: "3 mutes, together 6.2 min, the longest 4.1 min: 7 % of the time with a call (1.5 h)".
std::string day_text(const MuteDay& day);

}  // namespace cardmute::cli
