#include "agent/browser_requests.hpp"

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "agent/clock.hpp"
#include "agent/correction_entry.hpp"
#include "base/page_origin.hpp"
#include "log/log_line.hpp"
#include "protocol/reply.hpp"

namespace cardmute::agent {

BrowserRequests::BrowserRequests(Parts parts, std::function<void()> carry_out_actions,
                                 std::function<void()> on_hello)
    : parts_(parts),
      carry_out_actions_(std::move(carry_out_actions)),
      on_hello_(std::move(on_hello)) {}

void BrowserRequests::on_frame(std::string_view text) {
  const auto parsed = protocol::parse_request(text);
  if (const auto* error = std::get_if<Error>(&parsed.content)) {
    if (parsed.id) static_cast<void>(seen_ids_.is_new(*parsed.id));
    refuse(parsed.id, *error);
  } else if (!seen_ids_.is_new(*parsed.id)) {
    refuse(parsed.id, {ErrorCode::bad_request, "The id " + std::to_string(*parsed.id) +
                                                   " was used before. Expected: a new one."});
  } else {
    std::visit([&](const auto& request) { on_request(*parsed.id, request); },
               std::get<protocol::Request>(parsed.content));
  }
}

void BrowserRequests::refuse(std::optional<std::uint64_t> id, const Error& error) {
  parts_.log.refused(error);
  parts_.publisher.reply(id, error);
}

void BrowserRequests::answer(std::uint64_t id) {
  parts_.publisher.reply(id, parts_.config_reload.error());
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::Hello& hello) {
  parts_.log.hello(hello.extension_version, hello.browser);
  said_hello_ = true;
  parts_.session.said_hello({parts_.caller, hello.installation, hello.browser,
                             hello.extension_version, hello.card_frames_date, hello.hidden_sites,
                             now().utc});
  on_hello_();
  auto error = protocol::protocol_error(hello.protocol);
  if (!error) error = parts_.config_reload.error();
  parts_.publisher.reply_to_hello(id, error);
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::SurfaceOpen& open) {
  parts_.log.buffer();
  parts_.log.surface_open(open.surface, open.origin, open.reason);
  parts_.session.open(
      id, {open.surface, page_origin(open.origin), log::without_long_numbers(open.reason), false},
      now());
  carry_out_actions_();
  // The time is passed on only after the mute, because the mute request must not wait for it.
  if (open.visible_ms_ago) parts_.session.visible(open.surface, *open.visible_ms_ago, now());
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::SurfaceClose& close) {
  parts_.log.buffer();
  parts_.log.surface_close(close.surface, close.reason);
  parts_.session.close(id, close.surface, log::without_long_numbers(close.reason), now());
  carry_out_actions_();
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::SurfaceActive& active) {
  parts_.session.active(active.surface, now());
  carry_out_actions_();
  if (active.card) parts_.session.typed_card(active.surface, active.ms_ago, now());
  answer(id);
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::SurfaceContinue& request) {
  parts_.log.buffer();
  parts_.log.continued(request.surface, parts_.session.status().state, request.seen);
  parts_.session.continued(request.surface, request.seen, now());
  answer(id);
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::OverlayReport& report) {
  const auto event = protocol::name_of(report.event);
  parts_.log.buffer();
  parts_.log.overlay(event, report.surface, parts_.session.status().state);
  // The event's name in the extension's message is also the name of the entry's kind in the ledger.
  parts_.session.overlay_reported(store::entry_kind_of(event), report.surface, now());
  answer(id);
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::RuleReport& report) {
  if (auto known = parts_.config_reload.known_rule(report, now().utc)) {
    parts_.session.report(std::move(*known));
  }
  answer(id);
}

void BrowserRequests::on_request(std::uint64_t id, const Correction& correction) {
  parts_.log.buffer();
  parts_.log.corrected(correction);
  parts_.session.add_entry(correction_entry(correction, now().utc));
  answer(id);
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::Override& request) {
  parts_.log.buffer();
  parts_.log.override_with(request.mode);
  parts_.session.override_with(id, request.mode, now());
  carry_out_actions_();
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::ExtensionSet& request) {
  parts_.config_reload.account_with(request.extension, [this, id, extension = request.extension](
                                                           const auto& account) {
    if (const auto* error = std::get_if<Error>(&account)) {
      refuse(id, *error);
    } else {
      check_extension(id, extension, std::get<std::shared_ptr<const telephony::Account>>(account));
    }
  });
}

void BrowserRequests::check_extension(std::uint64_t id, const std::string& extension,
                                      const std::shared_ptr<const telephony::Account>& account) {
  if (!account || !account->lists_calls()) {
    keep_extension(id, extension);
  } else if (parts_.extension_check.busy()) {
    refuse(id, {ErrorCode::bad_request,
                "Another extension is being checked. Expected: one at a time; try again."});
  } else {
    parts_.extension_check.begin({id, extension, account}, now().steady);
  }
}

void BrowserRequests::extension_checked(const std::optional<Error>& error) {
  if (!parts_.extension_check.busy()) return;  // its check has already ended
  const auto checked = parts_.extension_check.finish();
  if (error && error->code == ErrorCode::extension_not_found) {
    refuse(checked.id, {error->code, "The list of active calls does not name the extension \"" +
                                         checked.extension +
                                         "\", so it was not kept. Expected: the agent's SIP ID. If "
                                         "it is right, run cardmute-host doctor: a wrong code of "
                                         "the list gives the same answer."});
    return;
  }
  // If the list cannot be read, the extension is kept nevertheless. Without an extension the agent
  // would have no mute at all, and AgentName requests the list again later.
  keep_extension(checked.id, checked.extension);
}

void BrowserRequests::keep_extension(std::uint64_t id, const std::string& extension) {
  parts_.config_reload.set_extension(extension, [this, id](const auto& error) {
    if (error) {
      refuse(id, *error);
    } else {
      answer(id);
    }
  });
}

void BrowserRequests::on_request(std::uint64_t id, const protocol::StatusQuery&) { answer(id); }

}  // namespace cardmute::agent
