// Handles the browser's requests, and replies to all but those that open or close a surface or set
// the override. The engine replies to these (engine::Answer) when it knows the outcome.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agent/config_reload.hpp"
#include "agent/extension_check.hpp"
#include "agent/publisher.hpp"
#include "agent/session.hpp"
#include "base/error.hpp"
#include "log/log.hpp"
#include "protocol/request.hpp"
#include "protocol/seen_ids.hpp"

namespace cardmute::agent {

class BrowserRequests {
 public:
  struct Parts {
    Session& session;
    ConfigReload& config_reload;
    ExtensionCheck& extension_check;
    Publisher& publisher;
    log::Log& log;
    // The extension that called this host, as the browser named it.
    const std::string& caller;
  };

  // `carry_out_actions` carries out the session's actions. `on_hello` is called at each hello,
  // before the reply; it opens the connection that the first mute will use.
  BrowserRequests(Parts parts, std::function<void()> carry_out_actions,
                  std::function<void()> on_hello);

  // `text` is one frame. If it is not a valid request, the reply is an error.
  void on_frame(std::string_view text);
  // Ends the check of an extension. `error` is nullopt if the list of active calls names the
  // extension; otherwise it says why the list does not, or why there is no list. The browser's
  // request then gets its reply.
  void extension_checked(const std::optional<Error>& error);
  // Whether the browser has sent hello. Only then are changes of the policy sent to it.
  [[nodiscard]] bool said_hello() const { return said_hello_; }

 private:
  void refuse(std::optional<std::uint64_t> id, const Error& error);
  void answer(std::uint64_t id);
  // `account`: the account with this extension; null if the configuration has an error that is not
  // about the extension.
  void check_extension(std::uint64_t id, const std::string& extension,
                       const std::shared_ptr<const telephony::Account>& account);
  void keep_extension(std::uint64_t id, const std::string& extension);

  void on_request(std::uint64_t id, const protocol::Hello& hello);
  void on_request(std::uint64_t id, const protocol::SurfaceOpen& open);
  void on_request(std::uint64_t id, const protocol::SurfaceClose& close);
  void on_request(std::uint64_t id, const protocol::SurfaceActive& active);
  void on_request(std::uint64_t id, const protocol::SurfaceContinue& request);
  void on_request(std::uint64_t id, const protocol::OverlayReport& report);
  void on_request(std::uint64_t id, const protocol::RuleReport& report);
  void on_request(std::uint64_t id, const Correction& correction);
  void on_request(std::uint64_t id, const protocol::Override& request);
  void on_request(std::uint64_t id, const protocol::ExtensionSet& request);
  void on_request(std::uint64_t id, const protocol::StatusQuery& query);

  Parts parts_;
  std::function<void()> carry_out_actions_;
  std::function<void()> on_hello_;
  protocol::SeenIds seen_ids_;
  bool said_hello_ = false;
};

}  // namespace cardmute::agent
