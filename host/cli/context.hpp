// The environment of a command: its output, the machine's files and browsers, the network and the
// clock. Tests replace parts of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <thread>

#include "agent/clock.hpp"
#include "agent/feed_connection.hpp"
#include "config/load.hpp"
#include "http/client.hpp"
#include "install/browsers.hpp"

namespace cardmute::cli {

// Works like http::perform.
using Perform = std::function<http::Result(const http::Settings&, const http::Request&, int)>;

struct Context {
  std::ostream& out;
  std::ostream& err;
  config::Sources sources;
  install::Roots roots;
  std::filesystem::path state_directory;
  std::filesystem::path program;  // this program's own file
  Perform perform;
  // The user that this process acts as. Set only if root started it and the home or state folder
  // belongs to that user.
  std::optional<std::string> acts_as = {};
  std::istream* person = nullptr;  // where the person's answers come from; null without a terminal
  std::function<engine::Moment()> now = agent::now;
  std::function<void(int)> sleep_ms = [](int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
  };
  std::function<agent::FeedTrial(const config::Config&)> try_feed = agent::try_feed;
  // From this call on, Ctrl-C and termination signals do not end this process. A command calls it
  // before it does something that it must undo.
  std::function<void()> hold_on = [] {};
  bool json = false;  // whether the command must answer in JSON
  int exit_code = 0;
};

}  // namespace cardmute::cli
