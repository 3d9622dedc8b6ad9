// Carries the engine's requests to the telephone provider and their outcomes back, over one HTTP
// client. The loop and the caretaker use it. Whoever adds a second provider begins here: it is the
// only place that knows voicenter/ and http/ together.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "engine/engine.hpp"
#include "http/client.hpp"
#include "voicenter/mute_api.hpp"

namespace cardmute::run {

struct MuteLanded {
  engine::Send send;
  engine::Outcome outcome;
};
struct CallsListed {
  engine::Attempt attempt = 0;
  engine::CallList list;
};
using Landed = std::variant<MuteLanded, CallsListed>;

class Provider {
 public:
  // Nothing is in flight. Null: there is no valid configuration, and nothing will be asked.
  void configure(const config::Config* config);
  // Opens the connection that the next mute will use, and keeps it open.
  void warm_up();

  void carry(const engine::Send& send);
  void carry(const engine::Ask& ask);
  void carry(const engine::Cancel& cancel) { client_->cancel(cancel.attempt); }

  // What has ended, after `timeout_ms` at the latest, and earlier after wake().
  std::vector<Landed> wait(int timeout_ms);
  // The only call that another thread may make.
  void wake();

 private:
  Landed interpret(const http::Completed& completed);

  voicenter::MuteApi api_;
  std::string extension_;
  std::optional<config::ActiveCalls> active_calls_;
  std::map<engine::Attempt, engine::Send> in_flight_;
  std::vector<Landed> at_once_;  // what could not even be asked
  std::mutex wake_mutex_;
  std::unique_ptr<http::Client> client_;
};

}  // namespace cardmute::run
