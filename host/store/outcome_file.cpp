#include "store/outcome_file.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

namespace cardmute::store {

namespace {

constexpr std::int64_t kNone = -1;
// Ends each line, so that one that was cut off is noticed.
constexpr const char* kEnd = ".";

std::string line_of(const Ended& ended) {
  constexpr double kUs_per_latency_ms = 1000;
  std::string line;
  for (const std::int64_t number :
       {std::int64_t{ended.asked.request}, std::int64_t{ended.asked.at.steady.count()},
        std::int64_t{ended.asked.at.utc.count()}, std::int64_t{ended.at.steady.count()},
        std::int64_t{ended.at.utc.count()}, std::int64_t{ended.counts}, std::int64_t{ended.settled},
        std::int64_t{ended.outcome.http_status}, ended.outcome.error_code.value_or(kNone),
        static_cast<std::int64_t>(ended.outcome.latency_ms * kUs_per_latency_ms)}) {
    line += std::to_string(number) + ' ';
  }
  return line + kEnd + '\n';
}

std::optional<Ended> read_line(const std::string& line) {
  std::istringstream words(line);
  std::int64_t request = 0, asked_us = 0, asked_utc_ms = 0, at_us = 0, at_utc_ms = 0;
  std::int64_t error_code = kNone, latency_us = 0;
  int counts = 0, settled = 0, http_status = 0;
  std::string end;
  words >> request >> asked_us >> asked_utc_ms >> at_us >> at_utc_ms >> counts >> settled >>
      http_status >> error_code >> latency_us >> end;
  if (!words || end != kEnd) return std::nullopt;
  Ended ended;
  ended.asked.request = request;
  ended.asked.at = {engine::Steady(asked_us), UtcTime(asked_utc_ms)};
  ended.at = {engine::Steady(at_us), UtcTime(at_utc_ms)};
  ended.counts = counts != 0;
  ended.settled = settled != 0;
  ended.outcome.http_status = http_status;
  if (error_code != kNone) ended.outcome.error_code = error_code;
  ended.outcome.latency_ms = static_cast<double>(latency_us) / 1000;
  return ended;
}

}  // namespace

std::filesystem::path outcome_file(const std::filesystem::path& store,
                                   const platform::ProcessIdentity& process) {
  return store.parent_path() / "outcomes" /
         (platform::file_name_of_boot(process.boot) + '.' + std::to_string(process.pid) + '.' +
          std::to_string(process.started));
}

std::vector<Ended> read_outcomes(const std::filesystem::path& file) {
  std::vector<Ended> outcomes;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (auto ended = read_line(line)) outcomes.push_back(std::move(*ended));
  }
  return outcomes;
}

bool OutcomeFile::keep(const Ended& ended) {
  if (!ended.outcome.acknowledged()) return false;
  if (!stream_) {
    std::error_code ignored;  // opening the file reports it
    std::filesystem::create_directory(file_.parent_path(), ignored);
    stream_.reset(std::fopen(file_.c_str(), "ab"));
    // What is kept must be out of this process when keep() returns.
    if (!stream_ || std::setvbuf(stream_.get(), nullptr, _IONBF, 0) != 0) return false;
  }
  const std::string line = line_of(ended);
  ++kept_;
  return std::fwrite(line.data(), 1, line.size(), stream_.get()) == line.size();
}

void OutcomeFile::written() {
  if (kept_ < kMaxKept_outcomes) return;
  close();
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

void OutcomeFile::close() {
  stream_.reset();
  kept_ = 0;
}

}  // namespace cardmute::store
