#include "engine/exposures.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cardmute::engine {

void Exposures::began(Exposure::Of of, const std::string& surface, Steady ago, Moment now) {
  OfSurface& measures = surfaces_[surface];
  Measure& measure = of == Exposure::Of::form ? measures.form : measures.keystroke;
  if (measure.from) return;
  measure.from = Moment{now.steady - ago,
                        now.utc - std::chrono::duration_cast<std::chrono::milliseconds>(ago)};
  if (muted_since_) tell(of, surface, measure, *muted_since_, true);
}

void Exposures::muted(bool is_muted, Moment now) {
  if (is_muted == muted_since_.has_value()) return;
  if (!is_muted) {
    muted_since_.reset();
    return;
  }
  muted_since_ = now.steady;
  for (auto& [surface, measures] : surfaces_) tell_both(surface, measures, now.steady, true);
}

void Exposures::ended(const std::string& surface, Moment now) {
  const auto found = surfaces_.find(surface);
  if (found == surfaces_.end()) return;
  tell_both(surface, found->second, now.steady, false);
  surfaces_.erase(found);
}

void Exposures::all_ended(Moment now) {
  for (auto& [surface, measures] : surfaces_) tell_both(surface, measures, now.steady, false);
  surfaces_.clear();
}

std::vector<Exposure> Exposures::take() { return std::exchange(done_, {}); }

void Exposures::tell(Exposure::Of of, const std::string& surface, Measure& measure, Steady until,
                     bool acknowledged) {
  if (!measure.from || measure.told) return;
  measure.told = true;
  const Steady lasted = std::max(until - measure.from->steady, Steady{});
  done_.push_back({of, surface, *measure.from, lasted, acknowledged});
}

void Exposures::tell_both(const std::string& surface, OfSurface& measures, Steady until,
                          bool acknowledged) {
  tell(Exposure::Of::form, surface, measures.form, until, acknowledged);
  tell(Exposure::Of::keystroke, surface, measures.keystroke, until, acknowledged);
}

}  // namespace cardmute::engine
