// Tests the lines in the system's log: what a daemon receives on a real socket, and that its
// failure stops nothing.
#include "log/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <string>

#include "temporary_folder.hpp"

namespace cardmute::log {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

// More lines than a socket can queue (net.unix.max_dgram_qlen is 10 to 512).
constexpr int kMoreThanAQueue_lines = 2000;

// A daemon that listens at `path`, as journald does.
class Daemon {
 public:
  explicit Daemon(const fs::path& path) {
    fs::remove(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of bind()
    EXPECT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  }
  ~Daemon() { close(socket_); }
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // Receives the next datagram; empty if there is none.
  std::string next() const {
    std::array<char, 4096> text{};
    const auto size = recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
    return size < 0 ? "" : std::string(text.data(), static_cast<std::size_t>(size));
  }

 private:
  int socket_ = -1;
};

class SyslogTest : public testing::Test {
 protected:
  [[nodiscard]] fs::path socket() const { return folder_.path() / "log.sock"; }
  [[nodiscard]] fs::path file() const { return folder_.path() / "state" / "log" / "host.log"; }

  test::TemporaryFolder folder_;
  Log log_{folder_.path() / "state", {"/absent", folder_.path() / "log.sock"}};
};

TEST_F(SyslogTest, LineComesAsFromSyslogAndNoFileIsWritten) {
  const Daemon daemon(socket());
  log_.write_to(LogPlace::syslog);
  log_.started("1.0.0", "x");
  EXPECT_THAT(daemon.next(),
              MatchesRegex("<14>[A-Z][a-z]{2} [ 1-3][0-9] [0-9:]{8} cardmute-host\\[" +
                           std::to_string(getpid()) + "\\]: started version=1\\.0\\.0 caller=x"));
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_EQ(log_.problem(), "");
}

TEST_F(SyslogTest, WhatAnAdministratorMustSeeIsAWarning) {
  const Daemon daemon(socket());
  log_.write_to(LogPlace::syslog);
  log_.config("c");
  EXPECT_THAT(daemon.next(), AllOf(StartsWith("<12>"), HasSubstr("config problem=c")));
  log_.store("s");
  EXPECT_THAT(daemon.next(), StartsWith("<12>"));
  log_.defect("d");
  EXPECT_THAT(daemon.next(), StartsWith("<12>"));
  log_.browser_gone();
  EXPECT_THAT(daemon.next(), StartsWith("<14>"));
  log_.config("c", platform::Severity::informational);
  EXPECT_THAT(daemon.next(), StartsWith("<14>"));
  log_.store("s", platform::Severity::informational);
  EXPECT_THAT(daemon.next(), StartsWith("<14>"));
}

TEST_F(SyslogTest, BothMeansBoth) {
  const Daemon daemon(socket());
  log_.write_to(LogPlace::both);
  log_.browser_gone();
  EXPECT_THAT(daemon.next(), HasSubstr(": browser_gone"));
  EXPECT_THAT(test::read_text(file()), HasSubstr(" browser_gone\n"));
}

TEST_F(SyslogTest, DaemonThatIsStartedAgainGetsTheNextLine) {
  log_.write_to(LogPlace::syslog);
  {
    const Daemon first(socket());
    log_.browser_gone();
    EXPECT_NE(first.next(), "");
  }
  const Daemon second(socket());
  log_.ended(0);
  EXPECT_THAT(second.next(), HasSubstr(": ended exit_code=0"));
}

TEST_F(SyslogTest, WithoutADaemonNothingStopsAndTheLossIsReported) {
  log_.write_to(LogPlace::both);
  log_.browser_gone();
  EXPECT_THAT(log_.problem(), HasSubstr("(syslog) did not take a line: No such file"));
  EXPECT_THAT(test::read_text(file()), HasSubstr(" browser_gone\n"));
}

TEST_F(SyslogTest, DaemonThatHangsIsNotWaitedFor) {
  const Daemon daemon(socket());
  log_.write_to(LogPlace::syslog);
  for (int i = 0; i < kMoreThanAQueue_lines; ++i) log_.browser_gone();
  EXPECT_THAT(log_.problem(), HasSubstr("did not take a line"));
  EXPECT_NE(daemon.next(), "");
}

}  // namespace
}  // namespace cardmute::log
