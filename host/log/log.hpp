// The administrator's log. It is <state directory>/log/host.log, which has one line per event and a
// limited size, or the system's log, or both. The log contains nothing private. Of a page it has
// only the origin, the reasons for which forms opened and closed, and the CSS selectors of forms
// that the agent has corrected. It has no URL, secret or telephone number. If the log cannot be
// written, everything else still works.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/correction.hpp"
#include "base/log_place.hpp"
#include "engine/outcome.hpp"
#include "engine/status.hpp"
#include "platform/file_lock.hpp"
#include "platform/system_log.hpp"

namespace spdlog {
class logger;
}

namespace cardmute::log {

// The limits of host.log and of four older files, host.1.log (the newest) to host.4.log. (The hosts
// of several browsers write the same files, and each may write this much before it rotates them. On
// a system where an open file cannot be renamed, each host has files of its own: host-2.log and so
// on.)
inline constexpr std::size_t kMaxLogFile_bytes = std::size_t{1024} * 1024;
inline constexpr std::size_t kMaxLogFiles = 5;
// When this many lines are buffered, they are written, and buffering ends.
inline constexpr std::size_t kMaxBuffered_lines = 64;

class Log {
 public:
  // Creates nothing. The first line for the file creates the folder (0700) and the file (0600).
  explicit Log(std::filesystem::path state_directory,
               std::vector<std::filesystem::path> sockets = platform::system_log_sockets());
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Sets where lines go from now on. Before the first call they go to the file. On Windows,
  // problems of the configuration and the store, and defects, also go to the event log.
  void write_to(LogPlace place) { place_ = place; }

  void started(std::string_view version, std::string_view caller);
  void ended(int exit_code);
  void browser_gone();
  // Log a line about the configuration or the store: a problem, or with `informational` what is
  // none.
  void config(std::string_view problem, platform::Severity severity = platform::Severity::warning);
  void store(std::string_view problem, platform::Severity severity = platform::Severity::warning);
  // Logs a defect of the program itself, unless the last call had the same text. Before the first
  // defect, `what` may be empty: there is none, and nothing is logged.
  void defect(const std::string& what);
  // Logs that a request of the extension was answered with an error.
  void refused(const Error& error);
  void hello(std::string_view extension_version, std::string_view browser);
  void surface_open(std::string_view surface, std::string_view origin, std::string_view reason);
  void surface_close(std::string_view surface, std::string_view reason);
  // Logs that the agent continues although the call may not be muted. `seen`: whether the banner
  // was on top; nullopt: unknown.
  void continued(std::string_view surface, engine::State state, std::optional<bool> seen);
  // Logs a problem with the overlay of a form. `event` is the event's name in the extension's
  // message.
  void overlay(std::string_view event, std::string_view surface, engine::State state);
  void corrected(const Correction& correction);
  void override_with(engine::OverrideMode mode);
  // Logs that a request was sent to the provider. `target` is the extension or the call's ID.
  void asked(engine::Command command, std::string_view target);
  void answered(engine::Command command, const engine::Outcome& outcome);
  void state(engine::State from, engine::State to, const std::optional<Error>& problem);

  // From now on, keeps lines with their times in memory, because neither a mute nor a reply must
  // wait for a file. Ends with write_down(), or after kMaxBuffered_lines.
  void buffer() { buffering_ = true; }
  [[nodiscard]] bool buffering() const { return buffering_; }
  void write_down();

  // Why the newest lost line was lost, with the file's name or "syslog"; empty if no line was lost.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct Line {
    std::chrono::system_clock::time_point at;
    std::string text;
    platform::Severity severity;
  };

  std::string take_name(const std::filesystem::path& folder);
  void open();
  void write(std::string text, platform::Severity severity = platform::Severity::informational);
  void put(const Line& line);
  void put_into_file(const Line& line);

  std::filesystem::path state_directory_;
  LogPlace place_ = LogPlace::file;
  platform::SystemLog system_log_;
  // locks the file's name, on systems where each process has a file of its own
  std::optional<platform::FileLock> name_;
  bool opened_ = false;
  bool buffering_ = false;
  std::vector<Line> buffered_;
  std::string problem_;
  std::string last_defect_;
  // Null before the first line for the file, and if the file could not be opened.
  std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace cardmute::log
