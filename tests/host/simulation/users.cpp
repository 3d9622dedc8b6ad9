#include <iterator>

#include "world.hpp"

namespace cardmute::simulation {

using engine::Moment;
using engine::OverrideMode;

namespace {

constexpr std::size_t kMaxForms = 4;
constexpr std::size_t kMaxCalls = 4;
// How many times at most a page opens and closes its form by itself, and the longest pause between
// opening and closing.
constexpr std::int64_t kMostFlaps = 40;
constexpr std::int64_t kSlowestFlap_ms = 400;

}  // namespace

void World::start_browser(Browser& browser) {
  browser.runs = true;
  browser.identity = new_identity();
  tell("browser ", std::to_string(browser.number), " starts");
  start_host(browser, chance_.between_ms(50, 500), chance_.between_ms(0, 1000));
}

// `kindly`: the browser's forms close and its override ends first.
void World::end_browser(Browser& browser, bool kindly) {
  while (kindly && !browser.surfaces.empty()) close_form(browser);
  if (kindly && browser.mode != OverrideMode::automatic) press(browser, OverrideMode::automatic);
  browser.unmute_due.reset();
  tell("browser ", std::to_string(browser.number), kindly ? " is closed" : " is killed");
  browser.runs = false;
  ++browser.start;
  const int host = browser.host;
  process_table_.erase(browser.identity.pid);
  if (host != 0) pipe_closed(host);
  browser.surfaces.clear();
  browser.mode = OverrideMode::automatic;
}

void World::start_host(Browser& browser, Time delay, Time declare_after) {
  const int number = browser.number;
  const int start = ++browser.start;
  const auto still = [this, number, start]() -> Browser* {
    Browser& found = browsers_[static_cast<std::size_t>(number)];
    return found.runs && found.start == start ? &found : nullptr;
  };
  start_cycles_over(browser);
  timeline_.after(delay, [this, still, declare_after] {
    Browser* starting = still();
    if (starting == nullptr || starting->host != 0) return;
    const int serial = start_process(starting->number);
    if (process(serial) == nullptr) {
      start_host(*starting, ms(1000), declare_after);
      return;
    }
    starting->host = serial;
    timeline_.after(declare_after, [this, still, serial] {
      Browser* declaring = still();
      if (declaring != nullptr && declaring->host == serial) declare(*declaring);
    });
  });
}

// Simulates how the extension reports its forms to a new host.
void World::declare(Browser& browser) {
  const int host = browser.host;
  tell("browser ", std::to_string(browser.number), " declares ",
       std::to_string(browser.surfaces.size()), " forms");
  browser.declared = true;
  if (browser.mode == OverrideMode::mute) press(browser, OverrideMode::mute);
  const auto surfaces = browser.surfaces;
  for (const auto& each : surfaces) {
    if (browser.host != host) return;
    const std::string& surface = each.first;
    browser.surfaces[surface] = timeline_.now();
    const auto ticket = ask_host(browser);
    step(host, [&](agent::Session& session, Moment now) {
      session.open(ticket, {surface, "https://pay.example", "found", false}, now);
    });
  }
  if (browser.host == host) browser.lost_at.reset();
}

void World::restart_worker(Browser& browser) {
  tell("the worker of browser ", std::to_string(browser.number), " restarts");
  const int host = browser.host;
  const auto longest = plan_.absence.grace_ms * 3 / 2;
  start_host(browser, chance_.between_ms(30, longest), chance_.between_ms(0, 300));
  if (host != 0) pipe_closed(host);
}

engine::Ticket World::ask_host(Browser& browser) {
  Process& host = *process(browser.host);
  host.tickets[++last_ticket_] = timeline_.now();
  ++host.user_actions;
  return last_ticket_;
}

// A page that opens and closes its form repeatedly.
void World::flap(Browser& browser, std::int64_t times) {
  if (!browser.runs || times == 0 || at_rest_) return;
  const std::string surface = "form" + std::to_string(++last_surface_);
  open_form(browser, surface);
  const auto number = static_cast<std::size_t>(browser.number);
  const auto pause = [this] { return chance_.between_ms(20, kSlowestFlap_ms); };
  timeline_.after(pause(), [this, number, surface, pause, times] {
    Browser& closing = browsers_[number];
    if (closing.surfaces.contains(surface)) close_form(closing, surface);
    timeline_.after(pause(), [this, number, times] { flap(browsers_[number], times - 1); });
  });
}

void World::open_form(Browser& browser, const std::string& surface) {
  tell("browser ", std::to_string(browser.number), " opens ", surface);
  browser.surfaces[surface] = timeline_.now();
  browser.unmute_due.reset();
  if (browser.mode == OverrideMode::record) browser.mode = OverrideMode::automatic;
  if (browser.host == 0 || !browser.declared) return;
  const auto ticket = ask_host(browser);
  step(browser.host, [&](agent::Session& session, Moment now) {
    session.open(ticket, {surface, "https://pay.example", "found", false}, now);
  });
}

void World::close_form(Browser& browser) {
  const auto chosen =
      std::next(browser.surfaces.begin(),
                chance_.between(0, static_cast<std::int64_t>(browser.surfaces.size()) - 1));
  close_form(browser, std::string(chosen->first));
}

void World::close_form(Browser& browser, const std::string& surface) {
  tell("browser ", std::to_string(browser.number), " closes ", surface);
  const bool wanted = browser.mode == OverrideMode::automatic && host_must_mute(browser);
  browser.surfaces.erase(surface);
  if (browser.surfaces.empty()) count_cycle(browser, wanted);
  if (browser.surfaces.empty() && browser.mode == OverrideMode::record) {
    browser.mode = OverrideMode::automatic;
  }
  if (browser.host == 0 || !browser.declared) return;
  const auto ticket = ask_host(browser);
  step(browser.host, [&](agent::Session& session, Moment now) {
    session.close(ticket, surface, "navigated", now);
  });
}

void World::touch_form(Browser& browser) {
  browser.surfaces.begin()->second = timeline_.now();
  if (browser.host == 0 || !browser.declared) return;
  const std::string name = browser.surfaces.begin()->first;
  step(browser.host, [&](agent::Session& session, Moment now) { session.active(name, now); });
}

void World::press(Browser& browser, OverrideMode mode) {
  if (mode == OverrideMode::record && (browser.host == 0 || !browser.declared)) return;
  const bool refused = mode == OverrideMode::record && !browser.surfaces.empty() &&
                       !plan_.settings.allow_record_override;
  tell("browser ", std::to_string(browser.number), ": ", std::string(engine::name_of(mode)),
       " is pressed", refused ? ", which is refused" : "");
  if (!refused) browser.mode = mode;
  if (!refused) start_cycles_over(browser);
  if (!refused && mode == OverrideMode::mute) browser.manual_since = timeline_.now();
  if (browser.host == 0 || !browser.declared) return;
  const auto ticket = ask_host(browser);
  step(browser.host,
       [&](agent::Session& session, Moment now) { session.override_with(ticket, mode, now); });
}

void World::user_acts() {
  Browser& browser = browsers_[static_cast<std::size_t>(chance_.between(0, plan_.browsers - 1))];
  if (!browser.runs) {
    start_browser(browser);
    return;
  }
  const std::int64_t dice = chance_.between(0, 99);
  if (dice < 35) {
    const std::string surface = "form" + std::to_string(++last_surface_);
    if (browser.surfaces.size() < kMaxForms) open_form(browser, surface);
  } else if (dice < 65) {
    if (!browser.surfaces.empty()) close_form(browser);
  } else if (dice < 72) {
    if (!browser.surfaces.empty()) touch_form(browser);
  } else if (dice < 75) {
    flap(browser, chance_.between(1, kMostFlaps));
  } else if (dice < 80) {
    press(browser, OverrideMode::mute);
  } else if (dice < 84) {
    press(browser, OverrideMode::record);
  } else if (dice < 89) {
    press(browser, OverrideMode::automatic);
  } else if (dice < 94) {
    restart_worker(browser);
  } else if (dice < 97) {
    end_browser(browser, false);
  } else {
    end_browser(browser, true);
  }
}

void World::call_changes() {
  auto& calls = voicenter_.calls();
  const std::int64_t dice = chance_.between(0, 99);
  if (calls.empty() || (dice < 30 && calls.size() < kMaxCalls)) {
    Call& call = voicenter_.start();
    tell("call ", call.call_id, " rings");
    feed_tells();
    const std::string call_id = call.call_id;
    timeline_.after(chance_.between_ms(0, 3000), [this, call_id] {
      Call* answered = voicenter_.find(call_id);
      if (answered == nullptr) return;
      answered->answered = true;
      answered->answered_at = timeline_.now();
      tell("call ", call_id, " is answered");
      feed_tells();
    });
    return;
  }
  Call& call = calls[static_cast<std::size_t>(
      chance_.between(0, static_cast<std::int64_t>(calls.size()) - 1))];
  if (dice < 70 || !call.answered || !call.on_extension) {
    tell("call ", call.call_id, " ends");
    voicenter_.end(std::string(call.call_id));
  } else if (dice < 85) {
    tell("call ", call.call_id, " is transferred away", call.muted ? ", muted" : "");
    call.on_extension = false;
    call.transferred_at = timeline_.now();
  }
  feed_tells();
}

}  // namespace cardmute::simulation
