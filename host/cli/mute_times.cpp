#include "cli/mute_times.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "base/utc_time.hpp"

namespace cardmute::cli {

using nlohmann::json;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;

namespace {

sys_days day_of(milliseconds since_1970) { return sys_days(floor<days>(since_1970)); }

std::string day_name(sys_days day) {
  std::string name = format_utc(UtcTime(milliseconds(day.time_since_epoch())));
  return name.substr(0, name.find('T'));
}

std::optional<double> share_of(const MuteDay& day) {
  if (!day.of || day.of->count() == 0) return std::nullopt;
  // The share is never above 1, although a mute may last longer than the call or the browser.
  return std::min(1.0,
                  static_cast<double>(day.muted.count()) / static_cast<double>(day.of->count()));
}

}  // namespace

void MuteTimes::add(const store::Entry& entry) {
  if (!entry.target) return;
  const Target target{entry.target->by, entry.target->value};
  const bool acknowledged =
      entry.kind == store::EntryKind::request && entry.outcome == store::kAcknowledged;
  if (acknowledged && entry.command == "mute") {
    on_mute(target, entry.at, entry.last_at.value_or(entry.at));
  } else if (acknowledged || entry.kind == store::EntryKind::left_muted) {
    end(target, entry.at);
  } else if (entry.command == "unmute" && entry.outcome == name_of(ErrorCode::call_not_found)) {
    end(target, std::nullopt);
  }
}

void MuteTimes::add(const store::Minute& minute) {
  Minutes& of_day = minutes_[day_of(minute.at)];
  ++of_day.all;
  if (minute.call) ++of_day.known;
  if (minute.call.value_or(false)) ++of_day.calls;
}

void MuteTimes::on_mute(const Target& target, UtcTime at, UtcTime last_at) {
  const auto open = open_.find(target);
  if (open != open_.end() && at - open->second.until > kMuteIsOver) end(target, std::nullopt);
  Mute& mute = open_.try_emplace(target, Mute{at, at}).first->second;
  mute.until = std::max(mute.until, last_at);
}

void MuteTimes::end(const Target& target, std::optional<UtcTime> at) {
  const auto open = open_.find(target);
  if (open == open_.end()) return;
  Mute mute = open->second;
  if (at && *at - mute.until <= kMuteIsOver) mute.until = std::max(mute.until, *at);
  ended_.push_back(mute);
  open_.erase(open);
}

std::vector<MuteTimes::Mute> MuteTimes::all_mutes() const {
  std::vector<Mute> all = ended_;
  for (const auto& [target, mute] : open_) all.push_back(mute);
  std::ranges::sort(all, {}, &Mute::from);
  return all;
}

std::vector<MuteDay> MuteTimes::days() const {
  std::map<sys_days, MuteDay> found;
  UtcTime counted_until = UtcTime::min();  // overlapping mutes count only once
  for (const Mute& mute : all_mutes()) {
    ++found[day_of(mute.from)].mutes;
    MuteDay& last = found[day_of(mute.until)];
    last.longest = std::max(last.longest, milliseconds(mute.until - mute.from));
    UtcTime at = std::max(mute.from, counted_until);
    while (at < mute.until) {
      const UtcTime midnight(milliseconds((day_of(at) + std::chrono::days(1)).time_since_epoch()));
      const UtcTime until = std::min(mute.until, midnight);
      found[day_of(at)].muted += until - at;
      at = until;
    }
    counted_until = std::max(counted_until, mute.until);
  }
  std::vector<MuteDay> all;
  for (auto& [day, each] : found) {
    each.day = day;
    if (const auto minutes = minutes_.find(day); minutes != minutes_.end()) {
      const auto [all_minutes, known, calls] = minutes->second;
      each.of_calls = calls > 0 && known >= kCallsKnown_share * all_minutes;
      each.of = std::chrono::minutes(each.of_calls ? calls : all_minutes);
    }
    all.push_back(each);
  }
  return all;
}

std::string duration_text(milliseconds duration) {
  constexpr double kSecond_ms = 1000;
  constexpr double kMinute_ms = 60'000;
  constexpr double kHour_ms = 3'600'000;
  const auto ms = static_cast<double>(duration.count());
  std::ostringstream text;
  text << std::fixed << std::setprecision(1);
  if (ms < kMinute_ms) {
    text << ms / kSecond_ms << " s";
  } else if (ms < kHour_ms) {
    text << ms / kMinute_ms << " min";
  } else {
    text << ms / kHour_ms << " h";
  }
  return text.str();
}

std::string day_text(const MuteDay& day) {
  constexpr double kPercent = 100;
  std::string text = day_name(day.day) + ": " + std::to_string(day.mutes) +
                     (day.mutes == 1 ? " mute" : " mutes") + ", together " +
                     duration_text(day.muted) + ", the longest " + duration_text(day.longest);
  const auto share = share_of(day);
  if (!share) return text + "; how long calls or browsers lasted is not known";
  return text + ": " + std::to_string(std::lround(*share * kPercent)) + " % of the time " +
         (day.of_calls ? "with a call (" : "in which a browser with CardMute ran (") +
         duration_text(*day.of) + ")";
}

std::string MuteTimes::text() const {
  const auto all = days();
  if (all.empty()) return "";
  const auto longest = std::ranges::max_element(all, {}, &MuteDay::longest);
  std::string text = "The longest mute: " + duration_text(longest->longest) + ", on " +
                     day_name(longest->day) + "\nMuted, by day (UTC):\n";
  for (const MuteDay& day : all) text += "  " + day_text(day) + '\n';
  return text;
}

json MuteTimes::as_json() const {
  json list = json::array();
  milliseconds longest{};
  for (const MuteDay& day : days()) {
    longest = std::max(longest, day.longest);
    const auto share = share_of(day);
    list.push_back({{"day", day_name(day.day)},
                    {"mutes", day.mutes},
                    {"muted_ms", day.muted.count()},
                    {"longest_ms", day.longest.count()},
                    {"of", !day.of        ? "unknown"
                           : day.of_calls ? "calls"
                                          : "browser"},
                    {"of_ms", day.of ? json(day.of->count()) : json(nullptr)},
                    {"share", share ? json(*share) : json(nullptr)}});
  }
  return {{"longest_ms", longest.count()}, {"days", std::move(list)}};
}

}  // namespace cardmute::cli
