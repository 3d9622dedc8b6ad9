// Computes from the ledger how long calls were muted on each day (UTC), also as a share of the time
// with a call (or with a browser, if calls are not known).
//
// A mute lasts from its own acknowledgement to that of its unmute, or until the policy leaves the
// call muted. If neither comes within kMuteIsOver of the mute's last repetition (the process died,
// or the call ended), only the time up to that repetition counts, because more is not known.
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

// A mute without a repetition for this long is over. It is three times the longest interval between
// repetitions (config::kMaxReassert_ms).
inline constexpr std::chrono::minutes kMuteIsOver{3};
// The muted time of a day is compared with the time of the day's calls only if the list of active
// calls is known for at least this share of the day's minutes.
inline constexpr double kCallsKnown_share = 0.9;

struct MuteDay {
  std::chrono::sys_days day{};
  int mutes = 0;  // mutes that began on this day
  std::chrono::milliseconds muted{};
  // the longest mute that ended, or was last repeated, on this day
  std::chrono::milliseconds longest{};
  // The time of which `muted` is a share: the time with a call if it is known (of_calls), otherwise
  // the time in which a browser with CardMute ran; nullopt if neither is known.
  std::optional<std::chrono::milliseconds> of;
  bool of_calls = false;
};

class MuteTimes {
 public:
  // Call these in the order of the ledger.
  void add(const store::Entry& entry);
  void add(const store::Minute& minute);

  // The days with a mute, in order.
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
    int known = 0;  // minutes in which the list of active calls was read
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

// Returns a text such as "2.1 h", "4.1 min" or "12.3 s".
std::string duration_text(std::chrono::milliseconds duration);
// Formats a day: "2026-11-21: 3 mutes, together 6.2 min, the longest 4.1 min: 7 % of the time with
// a call (1.5 h)".
std::string day_text(const MuteDay& day);

}  // namespace cardmute::cli
