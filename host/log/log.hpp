// The administrator's log: <state directory>/log/host.log, one line an event, rotated and bounded.
// The loop in run/ writes it. It holds nothing private: of a page its origin only, and no URL, no
// secret, no telephone number. A log that cannot be written stops nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/outcome.hpp"
#include "protocol/status.hpp"

namespace spdlog {
class logger;
}

namespace cardmute::run {

// host.log, and four older ones: host.1.log (the newest of them) to host.4.log. (Hosts of several
// browsers write the same files; each may write this much before it rotates.)
inline constexpr std::size_t kMaxLogFile_bytes = std::size_t{1024} * 1024;
inline constexpr std::size_t kMaxLogFiles = 5;
// More lines are never kept back.
inline constexpr std::size_t kMaxHeld_lines = 64;

class Log {
 public:
  // Touches nothing yet: folder (0700) and file (0600) are made by the first line.
  explicit Log(std::filesystem::path state_directory);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void started(std::string_view version, std::string_view caller);
  void ended(int exit_code);
  void browser_gone();
  // What is wrong with the configuration, in its own words.
  void config(std::string_view problem);
  // What is wrong with the store, or that it works again.
  void store(std::string_view problem);
  // A request of the browser that was answered with an error.
  void refused(const protocol::Error& error);
  void hello(std::string_view extension_version, std::string_view browser);
  void surface_open(std::string_view surface, std::string_view origin, std::string_view reason);
  void surface_close(std::string_view surface, std::string_view reason);
  // The agent goes on although the mute may not be held.
  void continued(std::string_view surface, protocol::State state);
  void override_with(protocol::OverrideMode mode);
  // A request to the provider went out; `target` is the extension or the ivrid.
  void asked(engine::Command command, std::string_view target);
  void answered(engine::Command command, const engine::Outcome& outcome);
  void state(protocol::State from, protocol::State to,
             const std::optional<protocol::Error>& problem);

  // From now on lines are kept, with their time, until write_down(): an answer that is due within
  // the moment shall not wait for a file.
  void hold() { holding_ = true; }
  [[nodiscard]] bool holding() const { return holding_; }
  void write_down();

  // Why lines were lost, in plain words with the file's name; empty while none was.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct Line {
    std::chrono::system_clock::time_point at;
    std::string text;
  };

  void open();
  void write(std::string text);
  void put(const Line& line);

  std::filesystem::path state_directory_;
  bool opened_ = false;
  bool holding_ = false;
  std::vector<Line> held_;
  std::string problem_;
  std::unique_ptr<spdlog::logger> logger_;  // none before the first line, or when it failed
};

}  // namespace cardmute::run
