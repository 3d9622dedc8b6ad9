// Measures for each surface how long it took until the mute was acknowledged: from when the form
// became visible, and from the first key in a card field. Each is measured once.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/moment.hpp"

namespace cardmute::engine {

struct Exposure {
  enum class Of { form, keystroke };

  Of of = Of::form;
  std::string surface;
  Moment from;
  // until the acknowledgement or the end of the surface; 0: the mute was acknowledged before `from`
  Steady lasted{};
  // False if the surface ended before the mute was acknowledged.
  bool acknowledged = true;
  bool operator==(const Exposure&) const = default;
};

class Exposures {
 public:
  // The exposure began `ago` before `now`: the form became visible, or the first key was pressed.
  // For each surface and each `of`, only the first call counts.
  void began(Exposure::Of of, const std::string& surface, Steady ago, Moment now);
  // `is_muted`: whether the mute is acknowledged from now on.
  void muted(bool is_muted, Moment now);
  void ended(const std::string& surface, Moment now);
  void all_ended(Moment now);

  // Returns the exposures that were measured since the last call.
  std::vector<Exposure> take();

 private:
  struct Measure {
    std::optional<Moment> from;
    bool told = false;
  };
  struct OfSurface {
    Measure form;
    Measure keystroke;
  };

  void tell(Exposure::Of of, const std::string& surface, Measure& measure, Steady until,
            bool acknowledged);
  void tell_both(const std::string& surface, OfSurface& measures, Steady until, bool acknowledged);

  std::unordered_map<std::string, OfSurface> surfaces_;
  std::optional<Steady> muted_since_;
  std::vector<Exposure> done_;
};

}  // namespace cardmute::engine
