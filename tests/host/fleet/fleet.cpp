#include "fleet.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <random>
#include <tuple>
#include <utility>

#include "engine/engine.hpp"

namespace cardmute::fleet {

namespace {

using engine::Moment;
using engine::Steady;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kOneWay{20};
constexpr int kRetryAfter_ms = 1000;
// How long forms stay open is distributed log-normally. This is the standard deviation of the
// logarithm.
constexpr double kSpread = 0.5;
// The API closes a connection that has had no request for this long (nginx's default).
constexpr double kServerKeeps_s = 75;
constexpr double kHostKeeps_s = 600;  // http::kKeptWarm_ms

struct Desk {
  explicit Desk(std::uint32_t seed) : engine(seed, Moment{}) {}
  engine::Engine engine;
  bool open = false;
  std::optional<Steady> opened_at;        // opening of a form whose mute is not acknowledged yet
  std::optional<Steady> acknowledged_at;  // newest acknowledged mute of the open form
  std::optional<Steady> used_at;          // last use of its connection
  int plan = 0;                           // number of its newest planned tick
};

class Fleet {
 public:
  Fleet(const Scenario& scenario, std::uint32_t seed) : scenario_(scenario), random_(seed) {
    const auto length = static_cast<std::size_t>(scenario.measured_s);
    report_.sent_per_s.resize(length);
    report_.muted_per_s.resize(length);
    for (int i = 0; i < scenario.desks; ++i) {
      Desk& desk = *desks_.emplace_back(std::make_unique<Desk>(seed + static_cast<unsigned>(i)));
      desk.engine.configure({.target = {TargetBy::extension, std::to_string(i)},
                             .reassert_ms = scenario.reassert_ms,
                             .form_mute_ms = 0},
                            moment());
      after(next_payment(), [this, &desk] { open(desk); });
    }
  }

  Report live() {
    const Steady end = seconds(scenario_.measured_s);
    for (int second = 0; second < scenario_.measured_s; ++second) {
      at(seconds(second), [this, second] { count_muted(second); });
    }
    while (!events_.empty() && events_.top().at <= end) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.at;
      event.work();
    }
    for (const auto& desk : desks_) {
      if (!desk->open && !desk->engine.idle()) ++report_.unsettled;
      count_connection(*desk, end);
    }
    report_.handshakes_per_s /= scenario_.measured_s;
    report_.handshakes_all_day_per_s /= scenario_.measured_s;
    return std::move(report_);
  }

 private:
  struct Event {
    Steady at;
    std::uint64_t number;
    std::function<void()> work;
    bool operator<(const Event& other) const {
      return std::tie(other.at, other.number) < std::tie(at, number);
    }
  };

  [[nodiscard]] Moment moment() const { return {now_, duration_cast<UtcTime>(now_)}; }
  [[nodiscard]] int second() const {
    return static_cast<int>(duration_cast<seconds>(now_).count());
  }
  void at(Steady time, std::function<void()> work) {
    events_.push({time, ++last_event_, std::move(work)});
  }
  void after(Steady delay, std::function<void()> work) { at(now_ + delay, std::move(work)); }

  Steady from_seconds(double s) { return duration_cast<Steady>(std::chrono::duration<double>(s)); }
  Steady next_payment() {
    std::exponential_distribution<double> gap(scenario_.payments_per_hour / 3600);
    return from_seconds(gap(random_));
  }

  void open(Desk& desk) {
    ++report_.payments;
    desk.open = true;
    desk.opened_at = now_;
    desk.acknowledged_at.reset();
    desk.engine.open(1, "form", moment());
    std::lognormal_distribution<double> length(std::log(scenario_.form_s) - kSpread * kSpread / 2,
                                               kSpread);
    after(from_seconds(length(random_)), [this, &desk] { close(desk); });
    follow(desk);
  }

  void close(Desk& desk) {
    desk.open = false;
    desk.opened_at.reset();
    desk.engine.close(2, "form", moment());
    after(next_payment(), [this, &desk] { open(desk); });
    follow(desk);
  }

  void follow(Desk& desk) {
    for (const auto& action : desk.engine.take_actions()) {
      if (const auto* send = std::get_if<engine::Send>(&action)) post(desk, *send);
    }
    const int plan = ++desk.plan;
    if (const auto due = desk.engine.next_deadline(moment())) {
      at(std::max(*due, now_ + milliseconds(1)), [this, &desk, plan] {
        if (plan != desk.plan) return;
        desk.engine.tick(moment());
        follow(desk);
      });
    }
  }

  void post(Desk& desk, const engine::Send& send) {
    if (second() < scenario_.measured_s) ++report_.sent_per_s[static_cast<std::size_t>(second())];
    count_connection(desk, now_);
    desk.used_at = now_;
    const bool down = second() >= scenario_.down_from_s &&
                      second() < scenario_.down_from_s + scenario_.down_for_s;
    engine::Outcome outcome;
    if (down && scenario_.swallows) {
      outcome.error = ErrorCode::timeout;
      outcome.outcome_unknown = true;
      return end(desk, send, outcome, milliseconds(send.timeout_ms));
    }
    if (down) {
      outcome.error = ErrorCode::unreachable;
      return end(desk, send, outcome, kOneWay * 2);
    }
    after(kOneWay, [this, &desk, send] { arrive(desk, send); });
  }

  void arrive(Desk& desk, const engine::Send& send) {
    if (limited_second_ != second()) taken_ = 0;
    limited_second_ = second();
    engine::Outcome outcome;
    outcome.http_status = 200;
    outcome.error_code = 200;
    if (scenario_.limit_per_s > 0 && ++taken_ > scenario_.limit_per_s) {
      ++report_.throttled;
      outcome.http_status = 429;
      outcome.error_code.reset();
      outcome.error = ErrorCode::throttled;
      outcome.retry_after_ms = kRetryAfter_ms;
    }
    end(desk, send, outcome, kOneWay);
  }

  void end(Desk& desk, const engine::Send& send, const engine::Outcome& outcome, Steady delay) {
    after(delay, [this, &desk, send, outcome] {
      if (outcome.acknowledged() && send.command == engine::Command::mute) acknowledged(desk);
      desk.engine.finished(send.attempt, outcome, moment());
      follow(desk);
    });
  }

  void acknowledged(Desk& desk) {
    if (!desk.open) return;
    const auto ms_since = [this](Steady from) {
      return std::chrono::duration<double, std::milli>(now_ - from).count();
    };
    if (desk.opened_at) {
      report_.opened_ms.push_back(ms_since(*desk.opened_at));
      desk.opened_at.reset();
    }
    if (desk.acknowledged_at) report_.between_ms.push_back(ms_since(*desk.acknowledged_at));
    desk.acknowledged_at = now_;
  }

  // Counts the connections that the desk has opened after its last request, up to `until`. If a
  // request is sent now, its connection is included.
  void count_connection(const Desk& desk, Steady until) {
    if (!desk.used_at) return;
    const double gap_s = std::chrono::duration<double>(until - *desk.used_at).count();
    report_.handshakes_all_day_per_s += std::floor(gap_s / kServerKeeps_s);
    report_.handshakes_per_s += std::floor(std::min(gap_s, kHostKeeps_s) / kServerKeeps_s);
    if (gap_s > kHostKeeps_s && until == now_) report_.handshakes_per_s += 1;
  }

  void count_muted(int second) {
    report_.muted_per_s[static_cast<std::size_t>(second)] =
        static_cast<int>(std::ranges::count_if(desks_, [](const auto& desk) {
          return desk->engine.status().state == engine::State::muted;
        }));
  }

  Scenario scenario_;
  std::mt19937 random_;
  Steady now_{};
  std::uint64_t last_event_ = 0;
  std::priority_queue<Event> events_;
  std::vector<std::unique_ptr<Desk>> desks_;
  int limited_second_ = -1;
  int taken_ = 0;
  Report report_;
};

}  // namespace

Report run(const Scenario& scenario, std::uint32_t seed) { return Fleet(scenario, seed).live(); }

}  // namespace cardmute::fleet
