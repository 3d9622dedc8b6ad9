#include "agent/publisher.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "agent/clock.hpp"
#include "agent/presence.hpp"
#include "platform/process.hpp"
#include "protocol/reply.hpp"
#include "protocol/status.hpp"
#include "version.hpp"

namespace cardmute::agent {

using engine::Moment;
using nlohmann::json;
using std::chrono::milliseconds;

Publisher::Publisher(Sources sources, log::Log& log, std::filesystem::path state_directory,
                     std::string caller, Send send)
    : sources_(sources),
      log_(log),
      state_directory_(std::move(state_directory)),
      caller_(std::move(caller)),
      send_(std::move(send)) {}

Publisher::~Publisher() { remove_presence(state_directory_, platform::process_id()); }

void Publisher::start(Moment now) {
  process_ = platform::this_process();
  started_at_ = now.utc;
  published_ = status();
  presence_due_ = now.steady + milliseconds(kPresenceDelay_ms);
}

void Publisher::reply(std::optional<std::uint64_t> id, const std::optional<Error>& error) {
  send_(protocol::reply(id, error, text_of(status())));
}

void Publisher::reply_to_hello(std::uint64_t id, const std::optional<Error>& error) {
  send_(protocol::hello_reply(id, error, text_of(status()), policy(), kVersion));
}

bool Publisher::publish(Moment now) {
  const auto status = this->status();
  const bool changed = status != published_;
  if (changed || policy_changed_) {
    send_(protocol::unasked_status(text_of(status), policy_changed_ ? policy() : std::nullopt));
    policy_changed_ = false;
  }
  if (changed) {
    if (status.state != published_.state) {
      log_.state(published_.state, status.state, status.problem);
    }
    published_ = status;
    if (!presence_due_) presence_due_ = now.steady + milliseconds(kPresenceDelay_ms);
  }
  return changed;
}

void Publisher::write_presence_if_due(Moment now) {
  if (!presence_due_ || now.steady < *presence_due_) return;
  presence_due_.reset();
  write_presence(state_directory_,
                 {process_, caller_, format_utc(started_at_), text_of(published_)});
}

const std::string& Publisher::text_of(engine::Status status) {
  if (text_.empty() || status != written_) {
    text_ = protocol::status_text(status);
    written_ = std::move(status);
  }
  return text_;
}

engine::Status Publisher::status() const {
  auto status = sources_.session.status();
  if (const auto notice = sources_.polarity.notice()) status.notices.push_back(*notice);
  for (auto& notice : sources_.config_reload.notices()) {
    status.notices.push_back(std::move(notice));
  }
  if (const auto problem = sources_.event_feed.problem(now().steady)) {
    status.notices.push_back({engine::NoticeCode::events_missing, problem->message});
  }
  status.agent = sources_.agent_name.text();
  if (const auto& config = sources_.config_reload.current()) {
    const auto& error = sources_.agent_name.error();
    if (error && config->extension_from.source == config::ExtensionSource::user) {
      status.notices.push_back({engine::NoticeCode::unconfirmed_extension,
                                "The list of active calls has not confirmed the extension " +
                                    config->account->settings.extension + " (" +
                                    std::string(name_of(error->code)) +
                                    "). It is used all the same, and the list is asked again."});
    }
    status.provider = config->account->provider();
    status.extension.value = config->account->settings.extension;
    status.extension.source = config::name_of(config->extension_from.source);
  }
  status.extension.may_set = sources_.config_reload.may_set_extension();
  return status;
}

std::optional<std::string> Publisher::policy() const {
  const auto* policy = sources_.config_reload.policy();
  if (policy == nullptr) return std::nullopt;
  return config::to_json(*policy).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace cardmute::agent
