#include "log/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <fstream>
#include <system_error>

#include "base/page_origin.hpp"
#include "base/rounded.hpp"
#include "log/log_line.hpp"

namespace cardmute::log {

namespace {

namespace fs = std::filesystem;
using platform::Severity;

// At most this many hosts of one user have a log of their own. Any further hosts share the last
// log.
constexpr int kMaxLogs_of_hosts = 10;
constexpr const char* kPattern = "%Y-%m-%dT%H:%M:%S.%eZ pid=%P %v";

// Creates the folder so that only its owner can use it. An existing folder keeps its permissions.
void make_private_folder(const fs::path& folder) {
  if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
}

void make_private_file(const fs::path& file) {
  // Opening a pipe that nobody reads would block forever.
  if (fs::exists(file) && !fs::is_regular_file(file)) {
    throw fs::filesystem_error("not a regular file", file,
                               std::make_error_code(std::errc::io_error));
  }
  // If spdlog cannot open a file, it tries five times and sleeps between the attempts. A mute must
  // not wait for that, so the file is opened once here first.
  if (!std::ofstream(file, std::ios::app)) {
    throw fs::filesystem_error("cannot write", file, std::make_error_code(std::errc::io_error));
  }
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

Log::Log(fs::path state_directory, std::vector<fs::path> sockets)
    : state_directory_(std::move(state_directory)), system_log_(std::move(sockets)) {}

Log::~Log() { write_down(); }

// When spdlog rotates a file that it cannot rename, it empties the file. So where open files cannot
// be renamed, each process has a file of its own.
std::string Log::take_name(const fs::path& folder) {
  if (platform::open_files_can_be_renamed()) return "host.log";
  std::string name = "host.log";
  for (int number = 2; number <= kMaxLogs_of_hosts; ++number) {
    name_.emplace(folder / (name + ".lock"));
    if (name_->try_lock() != platform::FileLock::Got::held_by_another) break;
    name = "host-" + std::to_string(number) + ".log";
  }
  return name;
}

void Log::open() {
  opened_ = true;
  const fs::path folder = state_directory_ / "log";
  fs::path file = folder / "host.log";
  try {
    make_private_folder(state_directory_);
    make_private_folder(folder);
    file = folder / take_name(folder);
    make_private_file(file);
    spdlog::file_event_handlers handlers;
    handlers.after_open = [](const spdlog::filename_t& name, std::FILE* /*stream*/) {
      std::error_code ignored;  // the folder is private anyway
      fs::permissions(name, fs::perms::owner_read | fs::perms::owner_write, ignored);
    };
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_st>(
        file.string(), kMaxLogFile_bytes, kMaxLogFiles - 1, false, handlers);
    sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        kPattern, spdlog::pattern_time_type::utc, "\n"));
    logger_ = std::make_unique<spdlog::logger>("host", std::move(sink));
    // Each line is written at once: lines are few, and a crash must not lose the last one.
    logger_->flush_on(spdlog::level::trace);
    logger_->set_error_handler([this, file](const std::string& what) {
      problem_ = "The log " + file.string() + " lost a line: " + what;
    });
  } catch (const std::exception& error) {
    problem_ = "No log is written to " + file.string() + ": " + error.what();
  }
}

void Log::write(std::string text, Severity severity) {
  Line line{std::chrono::system_clock::now(), std::move(text), severity};
  if (!buffering_) {
    put(line);
    return;
  }
  buffered_.push_back(std::move(line));
  if (buffered_.size() >= kMaxBuffered_lines) write_down();
}

void Log::write_down() {
  buffering_ = false;
  for (const auto& line : buffered_) put(line);
  buffered_.clear();
}

void Log::put(const Line& line) {
  if (place_ != LogPlace::syslog) put_into_file(line);
  const bool only_file = place_ == LogPlace::file;
  const bool is_warning = line.severity == Severity::warning;
  if (only_file && !(is_warning && platform::warnings_belong_in_system_log())) return;
  const std::string loss = system_log_.send(line.text, line.at, line.severity);
  if (!loss.empty() && !only_file)
    problem_ = "The system's log (syslog) did not take a line: " + loss;
}

void Log::put_into_file(const Line& line) {
  if (!opened_) open();
  if (!logger_) return;
  logger_->log(line.at, spdlog::source_loc{}, spdlog::level::info,
               spdlog::string_view_t(line.text));
}

void Log::started(std::string_view version, std::string_view caller) {
  write(LogLine("started").add("version", version).add("caller", caller).text());
}

void Log::ended(int exit_code) { write(LogLine("ended").add("exit_code", exit_code).text()); }

void Log::browser_gone() { write(LogLine("browser_gone").text()); }

void Log::config(std::string_view problem, Severity severity) {
  write(LogLine("config").add("problem", problem).text(), severity);
}

void Log::store(std::string_view problem, Severity severity) {
  write(LogLine("store").add("problem", problem).text(), severity);
}

void Log::defect(const std::string& what) {
  if (what == last_defect_) return;
  last_defect_ = what;
  write(LogLine("defect").add("problem", what).text(), Severity::warning);
}

void Log::refused(const Error& error) {
  write(LogLine("refused")
            .add("code", cardmute::name_of(error.code))
            .add_foreign("reason", error.message)
            .text());
}

void Log::hello(std::string_view extension_version, std::string_view browser) {
  write(LogLine("hello").add("extension", extension_version).add("browser", browser).text());
}

void Log::surface_open(std::string_view surface, std::string_view origin, std::string_view reason) {
  write(LogLine("surface_open")
            .add("surface", surface)
            .add("origin", page_origin(origin))
            .add_foreign("reason", reason)
            .text());
}

void Log::surface_close(std::string_view surface, std::string_view reason) {
  write(LogLine("surface_close").add("surface", surface).add_foreign("reason", reason).text());
}

void Log::continued(std::string_view surface, engine::State state, std::optional<bool> seen) {
  LogLine line("continued");
  line.add("surface", surface).add("state", engine::name_of(state));
  if (seen) line.add("seen", *seen ? "yes" : "no");
  write(line.text());
}

void Log::overlay(std::string_view event, std::string_view surface, engine::State state) {
  write(LogLine(event).add("surface", surface).add("state", engine::name_of(state)).text());
}

void Log::corrected(const Correction& correction) {
  write(LogLine("correction")
            .add("change", name_in(kCorrectionChanges, correction.change))
            .add("direction", name_in(kCorrectionDirections, correction.direction))
            .add("origin", correction.origin)
            .add_foreign("selector", correction.selectors.front())
            .text());
}

void Log::override_with(engine::OverrideMode mode) {
  write(LogLine("override").add("mode", engine::name_of(mode)).text());
}

void Log::asked(engine::Command command, std::string_view target) {
  write(LogLine("asked").add("request", name_of(command)).add("target", target).text());
}

void Log::answered(engine::Command command, const engine::Outcome& outcome) {
  LogLine line("answered");
  line.add("request", name_of(command));
  line.add("result", outcome.error ? cardmute::name_of(*outcome.error) : "acknowledged");
  line.add("ms", rounded(outcome.latency_ms));
  if (outcome.http_status != 0) line.add("http", outcome.http_status);
  if (outcome.error_code) line.add("error_code", *outcome.error_code);
  if (!outcome.message.empty()) line.add_foreign("message", outcome.message);
  if (!outcome.action_id.empty()) line.add("action_id", outcome.action_id);
  if (outcome.outcome_unknown) line.add("outcome_unknown", "yes");
  if (outcome.retry_after_ms) line.add("retry_after_ms", *outcome.retry_after_ms);
  if (!outcome.reason.empty()) line.add_foreign("reason", outcome.reason);
  write(line.text());
}

void Log::state(engine::State from, engine::State to, const std::optional<Error>& problem) {
  LogLine line("state");
  line.add("from", engine::name_of(from)).add("to", engine::name_of(to));
  if (problem) line.add("problem", cardmute::name_of(problem->code));
  write(line.text());
}

}  // namespace cardmute::log
