// A model of many workstations and one API. Each workstation has a real engine; forms, the network
// and the API are simulated. See README.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cardmute::fleet {

struct Scenario {
  std::string name;
  int desks = 10'000;
  double payments_per_hour = 1.07;  // of one desk
  double form_s = 75;               // mean time for which a form is open
  int reassert_ms = 2000;
  // The API answers the requests beyond this number in one second with 429 and `Retry-After: 1`. 0:
  // no limit.
  int limit_per_s = 0;
  // From this second on, and for `down_for_s` seconds, the API is down. Requests then get no answer
  // if `swallows` is true; otherwise they fail at once.
  int down_from_s = 0;
  int down_for_s = 0;
  bool swallows = false;
  int measured_s = 3600;
};

struct Report {
  std::vector<int> sent_per_s;     // requests sent in each second
  std::vector<int> muted_per_s;    // muted desks at the beginning of each second
  std::vector<double> opened_ms;   // from the opening of a form to its acknowledged mute
  std::vector<double> between_ms;  // between two acknowledged mutes of an open form
  int payments = 0;
  int throttled = 0;
  // How many connections are opened per second. The API closes those that are idle for 75 s. A host
  // opens them again for 10 minutes after the last request; the second number is for a host that
  // would do so all day.
  double handshakes_per_s = 0;
  double handshakes_all_day_per_s = 0;
  int unsettled = 0;  // desks whose unmute is not acknowledged at the end
};

Report run(const Scenario& scenario, std::uint32_t seed);

}  // namespace cardmute::fleet
