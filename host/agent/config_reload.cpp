// The configuration in a running host; see adoption.hpp.
#include "run/adoption.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "run/from_config.hpp"
#include "run/log.hpp"
#include "run/polarity.hpp"
#include "run/provider.hpp"
#include "run/session.hpp"

namespace cardmute::run {

using engine::Moment;
using std::chrono::milliseconds;

Adoption::Adoption(Log& log, Session& session, Provider& provider, Polarity& polarity)
    : log_(log),
      session_(session),
      provider_(provider),
      polarity_(polarity),
      configuration_(config::default_sources()) {}

void Adoption::start(Moment now) {
  take_over(now);
  next_look_ = now.steady + milliseconds(kConfigurationCheck_ms);
}

bool Adoption::look(Moment now) {
  if (now.steady < next_look_) return false;
  next_look_ = now.steady + milliseconds(kConfigurationCheck_ms);
  if (configuration_.read_if_changed()) due_ = true;
  if (!due_ || !may_be_taken_over()) return false;
  due_ = false;
  return take_over(now);
}

// While a mute is held or owed only the way to Voicenter may change, not what is muted or how.
bool Adoption::may_be_taken_over() const {
  if (session_.engine().may_be_configured()) return true;
  const auto& config = current();
  return !session_.engine().in_flight() && config && adopted_ &&
         config->voicenter.extension == adopted_->voicenter.extension &&
         config->voicenter.by_call == adopted_->voicenter.by_call &&
         config->voicenter.mute_state == adopted_->voicenter.mute_state;
}

bool Adoption::take_over(Moment now) {
  for (const auto& warning : configuration_.warnings()) log_.config(warning.text());
  if (!configuration_.problem().empty()) log_.config(configuration_.problem());
  const auto& config = current();
  // A file that became invalid takes nothing away: what was in force goes on.
  if (adopted_ && !configuration_.problem().empty()) return false;
  provider_.configure(config ? &*config : nullptr);
  adopted_ = config;
  if (!config) {
    session_.no_configuration(configuration_.problem(), now);
    return false;
  }
  polarity_.configure(config->voicenter.mute_url, config->voicenter.mute_state);
  session_.configure(engine_settings(*config), absence_of(*config), now);
  std::vector<std::string> names;
  std::ranges::transform(config->policy.rules, std::back_inserter(names), &config::Rule::name);
  session_.keep_only_rules(std::move(names));
  return true;
}

std::optional<protocol::Error> Adoption::error() const {
  if (current()) return std::nullopt;
  return protocol::Error{ErrorCode::config_invalid, configuration_.problem()};
}

bool Adoption::resume_when_browser_gone() const {
  return adopted_ && adopted_->policy.on_browser_gone == config::OnBrowserGone::resume;
}

bool Adoption::others_can_read_it() {
  configuration_.read_if_changed();
  return configuration_.problem().empty();
}

std::optional<store::RuleReport> Adoption::known_rule(const protocol::RuleReport& report,
                                                      protocol::UtcTime at) const {
  if (!adopted_) return std::nullopt;
  const auto& rules = adopted_->policy.rules;
  if (report.event == protocol::RuleEvent::unruled) {
    return store::RuleReport{report.event, "", config::digest_of(rules), report.origin, at};
  }
  const auto rule = std::ranges::find(rules, report.rule, &config::Rule::name);
  if (rule == rules.end()) return std::nullopt;
  return store::RuleReport{report.event, rule->name, config::digest_of(*rule), report.origin, at};
}

}  // namespace cardmute::run
