// See caretaker.hpp.
#include "run/caretaker.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>
#include <utility>
#include <variant>

#include "config/load.hpp"
#include "platform/file_lock.hpp"
#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "platform/signals.hpp"
#include "run/clock.hpp"
#include "run/from_config.hpp"
#include "run/log.hpp"
#include "run/provider.hpp"
#include "run/session.hpp"

namespace cardmute::run {

using std::chrono::milliseconds;

namespace {

constexpr const char* kCaller = "settle";
// How often a signal to end is looked for.
constexpr int kTurn_ms = 200;
// After a signal to end the machine may go down any moment.
constexpr int kHurry_ms = 2000;

class Caretaker {
 public:
  Caretaker(const std::filesystem::path& state_directory, const config::Config& config)
      : log_(state_directory),
        session_(std::random_device{}(), store_settings(state_directory, kCaller), now()) {
    provider_.configure(&config);
    auto settings = engine_settings(config);
    settings.acts_for_others = true;
    session_.configure(std::move(settings), absence_of(config), now());
  }

  Settled run(std::optional<int> patience_ms) {
    std::optional<engine::Steady> until;
    if (patience_ms) until = now().steady + milliseconds(*patience_ms);
    bool hurried = false;
    for (;;) {
      session_.tick(now());
      act();
      if (session_.nothing_to_care_for() || (until && now().steady >= *until)) break;
      if (!hurried && platform::asked_to_end()) {
        hurried = true;
        session_.hurry(now());
        until = now().steady + milliseconds(kHurry_ms);
        continue;
      }
      const auto landed = provider_.wait(wait_ms());
      if (landed.empty()) session_.rest(now());
      for (const auto& each : landed) std::visit([this](const auto& item) { take(item); }, each);
    }
    if (!session_.nothing_to_care_for()) {
      settled_.problem = session_.status().problem.value_or(protocol::Error{
          ErrorCode::timeout, "A mute is still owed its end. Run settle again, or see doctor."});
    } else if (!session_.store_failure().empty()) {
      settled_.problem = protocol::Error{ErrorCode::store_failed, session_.store_failure()};
    }
    session_.leave(now());
    session_.rest(now());
    return settled_;
  }

 private:
  void act() {
    for (const auto& action : session_.take_actions()) {
      if (const auto* send = std::get_if<engine::Send>(&action)) {
        log_.asked(send->command, send->target.value);
        provider_.carry(*send);
      } else if (const auto* ask = std::get_if<engine::Ask>(&action)) {
        provider_.carry(*ask);
      } else if (const auto* cancel = std::get_if<engine::Cancel>(&action)) {
        provider_.carry(*cancel);
      }
    }
  }

  void take(const MuteLanded& landed) {
    log_.answered(landed.send.command, landed.outcome);
    if (landed.outcome.acknowledged()) {
      ++(landed.send.command == engine::Command::mute ? settled_.mutes : settled_.unmutes);
    }
    session_.finished(landed.send.attempt, landed.outcome, now());
    act();
  }

  void take(const CallsListed& landed) {
    session_.listed(landed.attempt, landed.list, now());
    act();
  }

  int wait_ms() {
    const auto left =
        std::chrono::ceil<milliseconds>(session_.next_deadline(now()) - now().steady).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, kTurn_ms));
  }

  Log log_;
  Session session_;
  Provider provider_;
  Settled settled_;
};

}  // namespace

std::filesystem::path store_file(const std::filesystem::path& state_directory) {
  return state_directory / "cardmute.db";
}

store::Settings store_settings(const std::filesystem::path& state_directory, std::string caller) {
  return {.file = store_file(state_directory),
          .self = platform::this_process(),
          .browser = platform::parent_process(),
          .caller = std::move(caller)};
}

bool start_caretaker() { return platform::start_this_detached({"settle", "--detached"}); }

namespace {

Settled settle_until_done(const std::filesystem::path& state_directory,
                          std::optional<int> patience_ms) {
  const auto loaded = config::load(config::default_sources());
  if (!loaded.config) {
    return {.problem = protocol::Error{ErrorCode::config_invalid, loaded.errors.front().text()}};
  }
  return Caretaker(state_directory, *loaded.config).run(patience_ms);
}

}  // namespace

Settled settle(const std::filesystem::path& state_directory, int patience_ms) {
  platform::end_on_request();
  return settle_until_done(state_directory, patience_ms);
}

void settle_alone(const std::filesystem::path& state_directory) {
  using Got = platform::FileLock::Got;
  platform::end_on_request();
  platform::FileLock waiter(state_directory / "settle.next");
  if (waiter.try_lock() == Got::held_by_another) return;
  platform::FileLock worker(state_directory / "settle.now");
  while (worker.try_lock() == Got::held_by_another && !platform::asked_to_end()) {
    std::this_thread::sleep_for(milliseconds(kTurn_ms));
  }
  waiter.unlock();
  settle_until_done(state_directory, std::nullopt);
}

}  // namespace cardmute::run
