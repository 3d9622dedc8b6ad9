// See manual_request.hpp.
#include "cli/manual_request.hpp"

#include <utility>

#include "agent/settler.hpp"

namespace cardmute::cli {

namespace {

constexpr const char* kByHand = "by hand";

store::Settings settings_of(const Context& context) {
  auto settings = agent::store_settings(context.state_directory, kByHand);
  settings.request_detail = kByHand;
  return settings;
}

}  // namespace

ManualRequest::ManualRequest(const Context& context, engine::Command command, store::Target target)
    : context_(context),
      command_(command),
      target_(std::move(target)),
      store_(settings_of(context)) {}

bool ManualRequest::begin(bool force) {
  // A mute by hand is ended by hand. If it were recorded as outstanding, the next host would end
  // it.
  if (command_ == engine::Command::mute) return true;
  const auto begun = force ? store_.begin_unmute_by_hand(target_, context_.now())
                           : store_.begin(command_, target_, context_.now());
  request_ = begun.request;
  // With `force`, even while another unmute is in flight.
  return begun.may_send || force;
}

void ManualRequest::end(const engine::Outcome& outcome) {
  if (command_ == engine::Command::mute) {
    note_mute(outcome);
  } else if (request_ != 0) {
    store_.end(request_, outcome, false, outcome.acknowledged(), context_.now());
  }
  store_.leave(context_.now());
  store_.rest(context_.now());
}

void ManualRequest::note_mute(const engine::Outcome& outcome) {
  store::Entry entry;
  entry.kind = "request";
  entry.at = context_.now().utc;
  entry.command = "mute";
  entry.target = target_;
  entry.outcome = outcome.error ? std::string(name_of(*outcome.error)) : store::kAcknowledged;
  if (outcome.http_status != 0) entry.http_status = outcome.http_status;
  entry.error_code = outcome.error_code;
  entry.latency_ms = outcome.latency_ms;
  entry.detail = kByHand;
  store_.add_entry(std::move(entry));
}

}  // namespace cardmute::cli
