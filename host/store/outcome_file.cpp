#include "store/outcome_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

#include "platform/paths.hpp"

namespace cardmute::store {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNone = -1;
// Each slot ends with this mark. A slot without it was cut off.
constexpr const char* kEnd = ".";
// The length of a slot with its line break: enough for 10 numbers of up to 20 characters, each
// followed by a space, and kEnd.
constexpr std::size_t kSlot_bytes = 240;
constexpr double kUs_per_latency_ms = 1000;

std::string line_of(const Ended& ended) {
  std::string line;
  for (const std::int64_t number :
       {std::int64_t{ended.asked.request}, std::int64_t{ended.asked.at.steady.count()},
        std::int64_t{ended.asked.at.utc.count()}, std::int64_t{ended.at.steady.count()},
        std::int64_t{ended.at.utc.count()}, std::int64_t{ended.counts}, std::int64_t{ended.settled},
        std::int64_t{ended.outcome.http_status}, ended.outcome.error_code.value_or(kNone),
        static_cast<std::int64_t>(ended.outcome.latency_ms * kUs_per_latency_ms)}) {
    line += std::to_string(number) + ' ';
  }
  line += kEnd;
  line.resize(kSlot_bytes - 1, ' ');
  return line + '\n';
}

std::optional<Ended> read_line(const std::string& line) {
  std::istringstream words(line);
  Ended ended;
  std::int64_t asked_us = 0;
  std::int64_t asked_utc_ms = 0;
  std::int64_t at_us = 0;
  std::int64_t at_utc_ms = 0;
  std::int64_t error_code = kNone;
  std::int64_t latency_us = 0;
  int counts = 0;
  int settled = 0;
  std::string end;
  words >> ended.asked.request >> asked_us >> asked_utc_ms >> at_us >> at_utc_ms >> counts >>
      settled >> ended.outcome.http_status >> error_code >> latency_us >> end;
  if (!words || end != kEnd) return std::nullopt;
  ended.asked.at = {engine::Steady(asked_us), UtcTime(asked_utc_ms)};
  ended.at = {engine::Steady(at_us), UtcTime(at_utc_ms)};
  ended.counts = counts != 0;
  ended.settled = settled != 0;
  if (error_code != kNone) ended.outcome.error_code = error_code;
  ended.outcome.latency_ms = static_cast<double>(latency_us) / kUs_per_latency_ms;
  return ended;
}

fs::path folder_of(const fs::path& store) { return store.parent_path() / "outcomes"; }

}  // namespace

fs::path outcome_file(const fs::path& store, const platform::ProcessIdentity& process) {
  return folder_of(store) / (platform::file_name_of_boot(process.boot) + '.' +
                             std::to_string(process.pid) + '.' + std::to_string(process.started));
}

std::vector<Ended> read_outcomes(const fs::path& file) {
  std::vector<Ended> outcomes;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.empty()) continue;  // a slot that was never used consists of line breaks
    if (auto ended = read_line(line)) outcomes.push_back(std::move(*ended));
  }
  // The slots are overwritten in turn, so the first slot may be newer than the last.
  std::ranges::stable_sort(outcomes, {}, [](const Ended& ended) { return ended.at.steady; });
  return outcomes;
}

void remove_outcomes_but(const fs::path& store, const std::set<fs::path>& kept) {
  std::error_code ignored;  // a file that cannot be deleted now is found again at the next start
  for (fs::directory_iterator each(folder_of(store), ignored), end; each != end;
       each.increment(ignored)) {
    if (!kept.contains(each->path())) fs::remove(each->path(), ignored);
  }
}

void OutcomeFile::prepare() {
  std::error_code failed;
  if (stream_ && fs::exists(file_, failed)) return;
  close();
  if (fs::create_directory(file_.parent_path(), failed)) {
    fs::permissions(file_.parent_path(), fs::perms::owner_all, failed);
  }
  stream_.reset(platform::open_emptied(file_));
  if (!stream_) return;
  fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write, failed);
  const std::string slots(kMaxKept_outcomes * kSlot_bytes, '\n');
  // The stream has no buffer, because the data must be with the operating system when keep()
  // returns.
  const bool ready = !failed && std::setvbuf(stream_.get(), nullptr, _IONBF, 0) == 0 &&
                     std::fwrite(slots.data(), 1, slots.size(), stream_.get()) == slots.size();
  if (!ready) close();
}

bool OutcomeFile::keep(const Ended& ended) {
  if (!ended.outcome.acknowledged() || kept_ == kMaxKept_outcomes) return false;
  prepare();
  if (!stream_) return false;
  const std::string line = line_of(ended);
  const auto place = static_cast<long>(next_ * kSlot_bytes);
  if (std::fseek(stream_.get(), place, SEEK_SET) != 0 ||
      std::fwrite(line.data(), 1, line.size(), stream_.get()) != line.size()) {
    close();
    return false;
  }
  next_ = (next_ + 1) % kMaxKept_outcomes;
  ++kept_;
  return true;
}

void OutcomeFile::close() {
  stream_.reset();
  next_ = kept_ = 0;
}

void OutcomeFile::remove() {
  close();
  std::error_code ignored;
  fs::remove(file_, ignored);
}

}  // namespace cardmute::store
