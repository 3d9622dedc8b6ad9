#include "platform/posix_user_entry.hpp"

#include <pwd.h>

#include <cerrno>
#include <chrono>
#include <future>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace cardmute::platform {

namespace {

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

}  // namespace

std::optional<UserEntry> user_entry(uid_t user) {
  constexpr std::size_t kUsual_bytes = std::size_t{16} * 1024;
  constexpr std::size_t kMost_bytes = std::size_t{1024} * 1024;
  std::vector<char> memory(kUsual_bytes);
  passwd entry{};
  passwd* found = nullptr;
  while (getpwuid_r(user, &entry, memory.data(), memory.size(), &found) == ERANGE &&
         memory.size() < kMost_bytes) {
    memory.resize(memory.size() * 2);
  }
  if (found == nullptr) return std::nullopt;
  return UserEntry{text_of(entry.pw_name), text_of(entry.pw_dir), entry.pw_gid};
}

namespace {

struct Query {
  std::chrono::steady_clock::time_point began;
  std::shared_future<std::optional<UserEntry>> answer;
};

// The queries whose answer no caller has received yet.
class Queries {
 public:
  // Throws std::system_error if the system has no thread left.
  Query query(uid_t user) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = waiting_.find(user); found != waiting_.end()) return found->second;
    std::packaged_task<std::optional<UserEntry>()> task([user] { return user_entry(user); });
    Query query{std::chrono::steady_clock::now(), task.get_future().share()};
    std::thread(std::move(task)).detach();
    return waiting_[user] = std::move(query);
  }
  void answered(uid_t user) {
    const std::scoped_lock lock(mutex_);
    waiting_.erase(user);
  }

 private:
  std::mutex mutex_;
  std::map<uid_t, Query> waiting_;
};

}  // namespace

std::optional<std::optional<UserEntry>> user_entry_within(int at_most_ms, uid_t user) {
  // The object is never destroyed, because a query that hangs outlives main().
  static Queries& queries = *new Queries;  // NOLINT(cppcoreguidelines-owning-memory)
  try {
    const Query query = queries.query(user);
    const auto until = query.began + std::chrono::milliseconds(at_most_ms);
    if (query.answer.wait_until(until) != std::future_status::ready) return std::nullopt;
    queries.answered(user);
    return query.answer.get();
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

}  // namespace cardmute::platform
