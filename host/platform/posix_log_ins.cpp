#include "platform/posix_log_ins.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#ifdef __linux__
#include <lastlog.h>
#include <utmp.h>
#endif

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

#ifdef __linux__
// Both files have records of a fixed size. kLastLogIns has one record for each user, at a place
// given by the user's UID. kLogIns has one for each log-in of the last weeks.
constexpr const char* kLastLogIns = "/var/log/lastlog";
constexpr const char* kLogIns = "/var/log/wtmp";

template <typename Record>
bool read_record(std::ifstream& in, Record& record) {
  std::array<char, sizeof(Record)> bytes{};
  if (!in.read(bytes.data(), bytes.size())) return false;
  std::memcpy(&record, bytes.data(), sizeof(Record));
  return true;
}

bool is_in_last_log_ins(const User& user) {
  std::ifstream in(kLastLogIns, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(std::uint64_t{user.number} * sizeof(lastlog)));
  lastlog record{};
  return read_record(in, record) && record.ll_time != 0;
}

bool is_in_log_ins(const User& user) {
  std::ifstream in(kLogIns, std::ios::binary);
  for (utmp record{}; read_record(in, record);) {
    const std::string_view name(record.ut_user, strnlen(record.ut_user, sizeof(record.ut_user)));
    // The file has only the beginning of a longer name.
    const auto length = std::min(user.login.size(), sizeof(record.ut_user));
    if (record.ut_type == USER_PROCESS && name == user.login.substr(0, length)) return true;
  }
  return false;
}
#else
bool is_in_last_log_ins(const User& /*user*/) { return false; }
bool is_in_log_ins(const User& /*user*/) { return false; }
#endif

}  // namespace

bool may_have_logged_in(const User& user) {
  return is_there(user.home.string() + ".home") || is_there(user.home.string() + ".homedir") ||
         is_there("/run/user/" + std::to_string(user.number)) || is_in_last_log_ins(user) ||
         is_in_log_ins(user);
}

}  // namespace cardmute::platform
