// Takes the configuration over into a running host, at its start and whenever it has changed. Only
// loop.cpp uses it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "engine/moment.hpp"
#include "protocol/request.hpp"
#include "run/configuration.hpp"
#include "store/rules.hpp"

namespace cardmute::run {

class Log;
class Polarity;
class Provider;
class Session;

class Adoption {
 public:
  // Those who are told; they have to live as long.
  Adoption(Log& log, Session& session, Provider& provider, Polarity& polarity);

  void start(engine::Moment now);
  // Looks at the files when that is due. A change is taken over at once where no mute is left to be
  // ended, and otherwise as soon as that is so. True: one was, and there is a valid configuration.
  bool look(engine::Moment now);
  [[nodiscard]] engine::Steady next_look() const { return next_look_; }

  // The last valid one that was read; nothing as long as there was none.
  [[nodiscard]] const std::optional<config::Config>& current() const {
    return configuration_.current();
  }
  // What a request is answered with where there is none.
  [[nodiscard]] std::optional<protocol::Error> error() const;
  [[nodiscard]] const std::vector<std::string>& allowed_callers() const {
    return configuration_.allowed_callers();
  }
  [[nodiscard]] bool resume_when_browser_gone() const;
  // Whether another process would find a valid configuration now.
  [[nodiscard]] bool others_can_read_it();

  // A report as the store keeps it; nothing for a rule that is not there (any more).
  [[nodiscard]] std::optional<store::RuleReport> known_rule(const protocol::RuleReport& report,
                                                            protocol::UtcTime at) const;

 private:
  [[nodiscard]] bool may_be_taken_over() const;
  bool take_over(engine::Moment now);

  Log& log_;
  Session& session_;
  Provider& provider_;
  Polarity& polarity_;
  Configuration configuration_;
  std::optional<config::Config> adopted_;
  bool due_ = false;
  engine::Steady next_look_{};
};

}  // namespace cardmute::run
