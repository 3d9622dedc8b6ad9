#include "agent/settler.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "agent/clock.hpp"
#include "agent/from_config.hpp"
#include "agent/provider.hpp"
#include "agent/session.hpp"
#include "config/load.hpp"
#include "log/log.hpp"
#include "platform/file_lock.hpp"
#include "platform/machine.hpp"
#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "platform/signals.hpp"
#include "store/muted_extension.hpp"
#include "store/sharing.hpp"

namespace cardmute::agent {

using std::chrono::milliseconds;

namespace {

constexpr const char* kCaller = "settle";
// How often to check for a signal to terminate.
constexpr int kTurn_ms = 200;
// After a signal to terminate, the settler stops within this time: the machine may be shutting
// down.
constexpr int kHurry_ms = 2000;
// How often a detached settler tries again if it cannot work.
constexpr int kSettleAgain_ms = 2000;
// A detached settler gives up if the store has not worked for this long.
constexpr int kStoreRetry_ms = 60'000;

class Settler {
 public:
  Settler(const std::filesystem::path& state_directory, const config::Config& config)
      : log_(state_directory),
        session_(std::random_device{}(), store_settings(state_directory, kCaller), now()) {
    log_.write_to(config.log);
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
      carry_out_actions();
      log_.defect(session_.defect());
      if (session_.nothing_to_settle() || (until && now().steady >= *until)) break;
      if (!hurried && platform::asked_to_end()) {
        hurried = true;
        session_.hurry(now());
        until = now().steady + milliseconds(kHurry_ms);
        continue;
      }
      const auto results = provider_.wait(wait_ms());
      if (results.empty()) session_.rest(now());
      for (const auto& each : results) {
        std::visit([this](const auto& result) { on_result(result); }, each);
      }
    }
    if (!session_.nothing_to_settle()) {
      settled_.problem = session_.status().problem.value_or(
          Error{ErrorCode::timeout, "A call may still be muted. Run settle again, or run doctor."});
    } else if (!session_.store_failure().empty()) {
      settled_.problem = Error{ErrorCode::store_failed, session_.store_failure()};
    }
    session_.leave(now());
    session_.rest(now());
    return settled_;
  }

 private:
  void carry_out_actions() {
    for (const auto& action : session_.take_actions()) {
      if (const auto* send = std::get_if<engine::Send>(&action)) {
        log_.asked(send->command, send->target.value);
        provider_.start(*send);
      } else if (const auto* ask = std::get_if<engine::RequestCalls>(&action)) {
        provider_.start(*ask);
      } else if (const auto* cancel = std::get_if<engine::Cancel>(&action)) {
        provider_.start(*cancel);
      }
    }
  }

  void on_result(const MuteFinished& finished) {
    log_.answered(finished.send.command, finished.outcome);
    if (finished.outcome.acknowledged()) {
      ++(finished.send.command == engine::Command::mute ? settled_.mutes : settled_.unmutes);
    }
    session_.finished(finished.send.attempt, finished.outcome, now());
    session_.write_outcomes(now());
    carry_out_actions();
  }

  void on_result(const CallsListed& listed) {
    session_.listed(listed.attempt, listed.calls.list, now());
    carry_out_actions();
  }

  int wait_ms() {
    const auto left =
        std::chrono::ceil<milliseconds>(session_.next_deadline(now()) - now().steady).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, kTurn_ms));
  }

  log::Log log_;
  Session session_;
  Provider provider_;
  Settled settled_;
};

}  // namespace

store::Settings store_settings(const std::filesystem::path& state_directory, std::string caller) {
  return {.file = store::store_file(state_directory),
          .self = platform::this_process(),
          .browser = platform::parent_process(),
          .caller = std::move(caller),
          .machine = platform::machine_identities()};
}

bool start_settler(const std::filesystem::path& state_directory) {
  platform::LifeSign life_sign(
      store::life_sign_of(store::store_file(state_directory), platform::this_process().boot));
  life_sign.give();
  return platform::start_this_detached({"settle", "--detached"}, life_sign.descriptor());
}

namespace {

Settled settle_until_done(const std::filesystem::path& state_directory,
                          std::optional<int> patience_ms) {
  // The configuration is loaded without the log-in name, because the user database may not answer.
  // The store says whose calls were muted.
  auto sources = config::places();
  sources.need = config::ExtensionNeed::none;
  auto loaded = config::load(sources);
  const auto is_unknown = [&loaded] {
    return loaded.config && loaded.config->account->settings.extension.empty();
  };
  // If calls are muted one by one, their list is requested for an extension, so the extension must
  // be known.
  if (is_unknown() && loaded.config->account->settings.by_call) {
    loaded = config::load(config::default_sources());
  }
  if (!loaded.config) {
    return {.problem = Error{ErrorCode::config_invalid, loaded.errors.front().text()}};
  }
  if (is_unknown()) {
    // The extension may be unknown because a timer does not have the environment of the person's
    // browser, or because the table has lost the person's row. The store says which extension is
    // still muted.
    const auto muted = store::read_muted_extension(store::store_file(state_directory),
                                                   platform::this_process().boot);
    if (muted.problem) return {.problem = Error{ErrorCode::store_failed, *muted.problem}};
    if (!muted.value) return {};
    const auto account = loaded.config->account->copy();
    account->settings.extension = *muted.value;
    loaded.config->account = account;
  }
  return Settler(state_directory, *loaded.config).run(patience_ms);
}

}  // namespace

Settled settle(const std::filesystem::path& state_directory, int patience_ms) {
  platform::end_on_request();
  return settle_until_done(state_directory, patience_ms);
}

namespace {

constexpr std::string_view kLockStart = "settle.";

// Each boot of a machine has its own lock files. Machines and containers that share the folder
// settle only their own mutes, so they must not wait for each other's settlers.
std::filesystem::path lock_file(const std::filesystem::path& state_directory, const char* role) {
  return state_directory / (std::string(kLockStart) + role + '.' +
                            platform::file_name_of_boot(platform::this_process().boot));
}

// A lock file that is older than this is unused, because a settler always ends sooner.
constexpr auto kUnusedLock = std::chrono::days(7);

// Removes lock files of earlier boots, judged by their age. It does not try to lock them: a settler
// that starts at that moment would believe that another one is running.
void remove_unused_locks(const std::filesystem::path& state_directory) {
  namespace fs = std::filesystem;
  const auto limit = fs::file_time_type::clock::now() - kUnusedLock;
  std::error_code ignored;
  std::vector<fs::path> unused;
  for (const auto& entry : fs::directory_iterator(state_directory, ignored)) {
    if (!entry.path().filename().string().starts_with(kLockStart)) continue;
    std::error_code missing;
    const auto used = entry.last_write_time(missing);
    if (!missing && used < limit) unused.push_back(entry.path());
  }
  for (const auto& file : unused) fs::remove(file, ignored);
}

// Nobody sees the errors of a detached settler, so it writes them to the log. If the configuration
// or the store is at fault, it tries again. It gives up if no mute is left that it could end, after
// kLongestCall_ms, or if the store has failed for kStoreRetry_ms.
class PersistentSettler {
 public:
  explicit PersistentSettler(std::filesystem::path state_directory)
      : state_directory_(std::move(state_directory)) {}

  void run() {
    const auto until = now().steady + milliseconds(engine::kLongestCall_ms);
    for (;;) {
      const auto problem = settle_until_done(state_directory_, std::nullopt).problem;
      if (!problem) return;
      record(problem->message);
      if (now().steady >= until || !may_try_again(*problem) || !pause()) return;
    }
  }

 private:
  void record(const std::string& problem) {
    if (problem == recorded_) return;
    recorded_ = problem;
    log::Log(state_directory_)
        .config("a mute that was left behind is not ended yet, and this is tried again: " +
                problem);
  }

  bool may_try_again(const Error& problem) {
    const auto left =
        store::read_outstanding(store::store_file(state_directory_), platform::this_process().boot);
    const bool store_fails = left.problem || problem.code == ErrorCode::store_failed;
    if (!store_fails) {
      store_fails_since_.reset();
      return problem.code == ErrorCode::config_invalid && left.any;
    }
    if (!store_fails_since_) store_fails_since_ = now().steady;
    return now().steady - *store_fails_since_ < milliseconds(kStoreRetry_ms);
  }

  // Returns false if this process is asked to end.
  static bool pause() {
    const auto until = now().steady + milliseconds(kSettleAgain_ms);
    while (now().steady < until && !platform::asked_to_end()) {
      std::this_thread::sleep_for(milliseconds(kTurn_ms));
    }
    return !platform::asked_to_end();
  }

  std::filesystem::path state_directory_;
  std::string recorded_;
  std::optional<engine::Steady> store_fails_since_;
};

}  // namespace

void settle_alone(const std::filesystem::path& state_directory) {
  using Got = platform::FileLock::Got;
  platform::end_on_request();
  remove_unused_locks(state_directory);
  platform::FileLock waiter(lock_file(state_directory, "next"));
  if (waiter.try_lock() == Got::held_by_another) return;
  platform::FileLock worker(lock_file(state_directory, "now"));
  while (worker.try_lock() == Got::held_by_another && !platform::asked_to_end()) {
    std::this_thread::sleep_for(milliseconds(kTurn_ms));
  }
  waiter.unlock();
  PersistentSettler(state_directory).run();
}

}  // namespace cardmute::agent
