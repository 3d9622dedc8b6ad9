// Applies the configuration to a running host: at the start, and whenever a file has changed.
// Another thread reads the files. Until that thread has read them again, the result of the last
// reading stays in force.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/configuration.hpp"
#include "agent/file_thread.hpp"
#include "config/config.hpp"
#include "engine/moment.hpp"
#include "protocol/request.hpp"
#include "store/rules.hpp"

namespace cardmute::log {
class Log;
}

namespace cardmute::agent {

class Polarity;
class Provider;
class Session;

class ConfigReload {
 public:
  // These four objects get each new configuration. They must outlive this object.
  ConfigReload(log::Log& log, Session& session, Provider& provider, Polarity& polarity);

  // Reads the files. If that takes too long, start() returns without a configuration, and look()
  // applies it later.
  void start(engine::Moment now);
  // Applies what was read, and starts another look at the files when one is due. A change waits
  // while a request is in flight. A change of which calls are muted, or how, waits until no
  // acknowledged mute is outstanding. Returns true if a valid configuration was applied.
  bool look(engine::Moment now);
  // When look() must be called even if nothing wakes the loop. Once a look was reported as slow, it
  // is Steady::max(), because the loop is woken when the files answer.
  [[nodiscard]] engine::Steady next_look() const;

  // The last valid configuration that was read; nullopt if there was none yet.
  [[nodiscard]] const std::optional<config::Config>& current() const { return reading_.config; }
  // The policy that says how to find payment forms; nullptr if it is not known. It can be known
  // without a valid configuration: a valid machine file is enough.
  [[nodiscard]] const config::Policy* policy() const { return reading_.policy(); }
  [[nodiscard]] std::vector<engine::Notice> notices() const;
  // The error that requests get while there is no valid configuration; nullopt if there is one.
  [[nodiscard]] std::optional<Error> error() const;
  [[nodiscard]] bool resume_when_browser_gone() const;
  [[nodiscard]] bool may_set_extension() const { return reading_.may_set_extension; }
  // Calls `found` with the result of Configuration::account_with().
  using AccountOrError = std::variant<std::shared_ptr<const telephony::Account>, Error>;
  void account_with(const std::string& extension,
                    const std::function<void(const AccountOrError&)>& found);
  // Stores the agent's choice, which a look() then applies like any other change. `kept` is called
  // with nullopt, or with the reason why it could not be stored.
  using Kept = std::function<void(const std::optional<Error>&)>;
  void set_extension(const std::string& extension, const Kept& kept);
  // Reads the files, and returns whether another process could use them now. False if the files are
  // not valid, or if a disk does not answer soon: the other process would have to wait for that
  // disk.
  [[nodiscard]] bool others_can_read_it();

  // Returns the report in the store's form; nullopt if no configuration is in force, or if it does
  // not have this rule. A report of RuleEvent::unruled names no rule.
  [[nodiscard]] std::optional<store::RuleReport> known_rule(const protocol::RuleReport& report,
                                                            UtcTime at) const;

 private:
  // The configuration, which only the files' thread uses; nullopt before the first reading.
  using Files = std::shared_ptr<std::optional<Configuration>>;

  using Read = std::function<FileThread::Delivery(std::optional<Configuration>& files)>;
  // Runs `read` on the files' thread. If `read` throws, the host must not end, since that would
  // leave a muted call behind. So `failed` then runs in the loop's thread with the reason.
  void run(Read read, std::function<void(const std::string& reason)> failed);
  void start_looking(engine::Moment now);
  void looked(Configuration::Look found, Reading reading);
  void not_read(const std::string& reason);
  void report_slow_files(engine::Moment now);
  [[nodiscard]] bool may_be_taken_over() const;
  bool take_over(engine::Moment now);

  log::Log& log_;
  Session& session_;
  Provider& provider_;
  Polarity& polarity_;
  Files files_ = std::make_shared<std::optional<Configuration>>();
  Reading reading_;
  std::optional<config::Config> applied_;
  bool due_ = false;  // whether the newest reading is not applied yet
  // While a look is under way: when it began, and whether it was reported as slow.
  std::optional<engine::Steady> looking_since_;
  bool slow_ = false;
  int pause_ms_ = kConfigurationCheck_ms;  // the time before the next look; 0: next_look_ says when
  engine::Steady next_look_{};
  FileThread thread_;
};

}  // namespace cardmute::agent
