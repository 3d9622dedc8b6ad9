// What a command works with and on: where it writes and which machine it sees. For cli/ and its
// tests.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>

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
  bool json = false;  // for programs, not for people
  int exit_code = 0;
};

}  // namespace cardmute::cli
