#include "cli/manual_request.hpp"

#include <utility>

#include "agent/settler.hpp"

namespace cardmute::cli {

namespace {

using store::kByHand;

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

std::string ManualRequest::begin(bool force) {
  // A mute by hand is not recorded as outstanding: if it were, the next host would end it. Only a
  // person ends a mute by hand.
  if (command_ == engine::Command::mute) return "";
  const auto begun = force ? store_.begin_unmute_by_hand(target_, context_.now())
                           : store_.begin(command_, target_, context_.now());
  request_ = begun.request;
  if (!force && request_ == 0 && begun.may_send) {
    return "the store cannot be used (" + store_.failure() +
           "), so it is not known whether a payment form is open. Run doctor, or use --force";
  }
  if (begun.may_send) return "";
  if (begun.other_unmute) {
    return "another unmute of this target has been sent and not been answered yet. Wait for its "
           "answer first, or use --force";
  }
  // The message leaves out two rarer reasons: the browser with the lease has gone and may come
  // back, or the form has closed and its unmute is delayed.
  return "a payment form is open, or somebody has muted by hand, in a browser of yours. Close it "
         "first, or use --force: the card could be recorded until that browser mutes again";
}

void ManualRequest::end(const engine::Outcome& outcome) {
  if (request_ != 0) {
    store_.end(request_, outcome, false, outcome.acknowledged(), context_.now());
  } else {
    note(outcome);
  }
  store_.leave(context_.now());
  store_.rest(context_.now());
}

// Records a request that begin() has not recorded: a mute, or a forced unmute if the store fails.
void ManualRequest::note(const engine::Outcome& outcome) {
  store::Entry entry;
  entry.kind = store::EntryKind::request;
  entry.at = context_.now().utc;
  entry.command = name_of(command_);
  entry.target = target_;
  entry.outcome = outcome.error ? std::string(name_of(*outcome.error)) : store::kAcknowledged;
  if (outcome.http_status != 0) entry.http_status = outcome.http_status;
  entry.error_code = outcome.error_code;
  entry.latency_ms = outcome.latency_ms;
  entry.detail = kByHand;
  store_.add_entry(std::move(entry));
}

}  // namespace cardmute::cli
