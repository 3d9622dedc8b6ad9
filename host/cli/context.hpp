// The environment of a command: its output, the files and browsers of the machine, the network and
// the clock. Tests replace parts of it.
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

// As http::perform.
using Perform = std::function<http::Result(const http::Settings&, const http::Request&, int)>;

struct Context {
  std::ostream& out;
  std::ostream& err;
  config::Sources sources;
  install::Roots roots;
  std::filesystem::path state_directory;
  std::filesystem::path program;  // this program's own file
  Perform perform;
  // The user that this process has become, because root started it for that user's folder; nullopt
  // if it still is the user who started it.
  std::optional<std::string> acts_as = {};
  std::istream* person = nullptr;  // the answers to questions; null without a terminal
  std::function<engine::Moment()> now = agent::now;
  std::function<void(int)> sleep_ms = [](int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
  };
  std::function<agent::FeedTrial(const config::Config&)> try_feed = agent::try_feed;
  // From now on, Ctrl-C and signals to terminate do not end this process: it must undo something
  // first.
  std::function<void()> hold_on = [] {};
  bool json = false;  // answer in JSON
  int exit_code = 0;
};

}  // namespace cardmute::cli
