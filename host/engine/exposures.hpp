// How long payment forms, and the first keys in their card fields, waited for the acknowledgement
// of the mute: once for each surface. Only the engine uses it; run/session.cpp writes what comes
// out.
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
  Steady lasted{};  // 0: the mute was acknowledged already
  // False: the surface ended before the mute was acknowledged.
  bool acknowledged = true;
  bool operator==(const Exposure&) const = default;
};

class Exposures {
 public:
  // The form has been visible, or the first key was pressed, for so long. Only the first time of a
  // surface counts.
  void began(Exposure::Of of, const std::string& surface, Steady ago, Moment now);
  // Whether the mute is acknowledged, from now on.
  void muted(bool is_muted, Moment now);
  void ended(const std::string& surface, Moment now);
  void all_ended(Moment now);

  // What has been measured since the last time.
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
