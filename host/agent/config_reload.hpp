// Applies the configuration to a running host, when it starts and whenever a file has changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/configuration.hpp"
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
  // The four objects get each new configuration. They must outlive this one.
  ConfigReload(log::Log& log, Session& session, Provider& provider, Polarity& polarity);

  void start(engine::Moment now);
  // Reads the files again if that is due. A change is applied at once if no mute has to be ended
  // first, and otherwise as soon as none has to be. Returns true if a valid configuration was
  // applied.
  bool look(engine::Moment now);
  [[nodiscard]] engine::Steady next_look() const { return next_look_; }

  // The last valid configuration that was read; nullopt if there was none yet.
  [[nodiscard]] const std::optional<config::Config>& current() const {
    return configuration_.current();
  }
  // The policy that says how to find payment forms; nullptr if it is not known. It can be known
  // without a valid configuration: a valid machine file is enough.
  [[nodiscard]] const config::Policy* policy() const { return configuration_.policy(); }
  [[nodiscard]] std::vector<engine::Notice> notices() const { return configuration_.notices(); }
  // The error that requests get while there is no valid configuration; nullopt if there is one.
  [[nodiscard]] std::optional<Error> error() const;
  [[nodiscard]] const std::vector<std::string>& allowed_callers() const {
    return configuration_.allowed_callers();
  }
  [[nodiscard]] bool resume_when_browser_gone() const;
  // Whether the agent may choose the extension.
  [[nodiscard]] bool may_set_extension() const { return configuration_.may_set_extension(); }
  // Keeps the agent's choice, which the next look() applies. Returns why it was not kept.
  [[nodiscard]] std::optional<Error> set_extension(const std::string& extension);
  // Reads the files, and returns whether they are valid now, so that another process could use
  // them.
  [[nodiscard]] bool others_can_read_it();

  // The report as the store keeps it; nullopt if the configuration has no such rule (any more).
  [[nodiscard]] std::optional<store::RuleReport> known_rule(const protocol::RuleReport& report,
                                                            UtcTime at) const;

 private:
  [[nodiscard]] bool may_be_taken_over() const;
  bool take_over(engine::Moment now);

  log::Log& log_;
  Session& session_;
  Provider& provider_;
  Polarity& polarity_;
  Configuration configuration_;
  std::optional<config::Config> applied_;
  bool due_ = false;
  engine::Steady next_look_{};
};

}  // namespace cardmute::agent
