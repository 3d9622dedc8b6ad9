// Publishes the status: to the browser in each reply and after each change, and to `cardmute-host
// status` in the presence file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "agent/agent_name.hpp"
#include "agent/config_reload.hpp"
#include "agent/event_feed.hpp"
#include "agent/polarity.hpp"
#include "agent/session.hpp"
#include "base/error.hpp"
#include "log/log.hpp"
#include "platform/process.hpp"

namespace cardmute::agent {

// The presence file may lag behind by this much, so that a burst of changes causes only one write.
inline constexpr int kPresenceDelay_ms = 200;

class Publisher {
 public:
  // What the status is made from. The objects must outlive the publisher.
  struct Sources {
    const Session& session;
    const Polarity& polarity;
    const ConfigReload& config_reload;
    const AgentName& agent_name;
    const EventFeed& event_feed;
  };
  // Sends one message, a JSON text, to the browser.
  using Send = std::function<void(std::string)>;

  // `caller`: the extension that the browser named.
  Publisher(Sources sources, log::Log& log, std::filesystem::path state_directory,
            std::string caller, Send send);
  // Removes the presence file.
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Treats the current status as known to the browser, which gets it with the reply to its hello.
  void start(engine::Moment now);

  // Replies to one request, with the current status. `id` is nullopt if it could not be read.
  void reply(std::optional<std::uint64_t> id, const std::optional<Error>& error);
  void reply_to_hello(std::uint64_t id, const std::optional<Error>& error);
  // Makes the next publish() send the policy.
  void policy_changed() { policy_changed_ = true; }

  // Sends the status if it has changed, and after policy_changed() the status with the policy.
  // Returns whether the status has changed.
  bool publish(engine::Moment now);
  void write_presence_if_due(engine::Moment now);
  // When write_presence_if_due() will write; nullopt if nothing has changed since it last wrote.
  [[nodiscard]] std::optional<engine::Steady> next_deadline() const { return presence_due_; }

 private:
  [[nodiscard]] engine::Status status() const;
  [[nodiscard]] std::optional<std::string> policy() const;
  const std::string& text_of(engine::Status status);

  Sources sources_;
  log::Log& log_;
  std::filesystem::path state_directory_;
  std::string caller_;
  Send send_;
  platform::ProcessIdentity process_;
  UtcTime started_at_{};
  engine::Status published_;
  // The status that text_ was made from. If a reply and a status message tell the same status, both
  // use text_.
  engine::Status written_;
  std::string text_;
  bool policy_changed_ = false;
  std::optional<engine::Steady> presence_due_;
};

}  // namespace cardmute::agent
