// What a command works with and on: where it writes and which machine it sees. For cli/ and its
// tests.
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
#include "config/load.hpp"
#include "http/client.hpp"
#include "install/browsers.hpp"

namespace cardmute::cli {

// http::perform, or a test's own.
using Perform = std::function<http::Result(const http::Settings&, const http::Request&, int)>;

struct Context {
  std::ostream& out;
  std::ostream& err;
  config::Sources sources;
  install::Roots roots;
  std::filesystem::path state_directory;
  std::filesystem::path program;  // this program's own file
  Perform perform;
  // The user whose folder is worked in, where root started this program; nullopt: the user is the
  // one who started it.
  std::optional<std::string> acts_as = {};
  std::istream* person = nullptr;  // who is asked questions; nobody: no terminal
  std::function<engine::Moment()> now = agent::now;
  std::function<void(int)> sleep_ms = [](int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
  };
  // From now on Ctrl-C and its like do not end this process: it has something to put right first.
  std::function<void()> hold_on = [] {};
  bool json = false;  // for programs, not for people
  int exit_code = 0;
};

}  // namespace cardmute::cli
