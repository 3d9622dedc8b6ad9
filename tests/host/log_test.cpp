// Tests the administrator's log: what it contains, what it never contains, and that its failure
// stops nothing.
#include "log/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "log/log_line.hpp"
#include "platform/file_lock.hpp"

namespace cardmute::log {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class LogTest : public testing::Test {
 protected:
  LogTest() { fs::remove_all(state_); }
  ~LogTest() override { fs::remove_all(state_); }

  [[nodiscard]] fs::path file() const { return state_ / "log" / "host.log"; }
  [[nodiscard]] std::string text() const {
    std::ostringstream all;
    all << std::ifstream(file()).rdbuf();
    return all.str();
  }

  fs::path state_ = fs::path(testing::TempDir()) /
                    ("cardmute-log-" +
                     std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(LogTest, NothingIsTouchedBeforeTheFirstLine) {
  const Log log(state_);
  EXPECT_FALSE(fs::exists(state_));
}

TEST_F(LogTest, LineHasTimeProcessEventAndFields) {
  Log log(state_);
  log.started("1.0.0", "chrome-extension://abc/");
  EXPECT_THAT(text(),
              MatchesRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z pid=[0-9]+ started "
                           "version=1\\.0\\.0 caller=chrome-extension://abc/\n"));
  EXPECT_EQ(log.problem(), "");
}

TEST_F(LogTest, OfASecondHostHasItsOwnFileWhereOpenFilesCannotBeRenamed) {
  Log log(state_);
  log.browser_gone();
  {
    Log other(state_);
    other.browser_gone();
    EXPECT_EQ(fs::exists(state_ / "log" / "host-2.log"), !platform::open_files_can_be_renamed());
    EXPECT_EQ(other.problem(), "");
  }
  Log later(state_);
  later.browser_gone();
  EXPECT_FALSE(fs::exists(state_ / "log" / "host-3.log"));
}

TEST_F(LogTest, BufferedLinesAreWrittenInOrderOnRequestOrIfThereAreTooMany) {
  Log log(state_);
  log.buffer();
  log.started("1.0.0", "abc");
  log.browser_gone();
  EXPECT_EQ(text(), "");
  log.write_down();
  EXPECT_THAT(text(), MatchesRegex(".* started .*\n.* browser_gone\n"));
  log.buffer();
  for (std::size_t i = 0; i < kMaxBuffered_lines; ++i) log.browser_gone();
  EXPECT_FALSE(log.buffering());
  EXPECT_EQ(std::ranges::count(text(), '\n'), 2 + static_cast<std::ptrdiff_t>(kMaxBuffered_lines));
}

TEST_F(LogTest, BufferedLinesAreWrittenAtTheEnd) {
  {
    Log log(state_);
    log.buffer();
    log.ended(0);
  }
  EXPECT_THAT(text(), EndsWith(" ended exit_code=0\n"));
}

TEST_F(LogTest, FolderAndFileAreOnlyForTheirOwner) {
  Log log(state_);
  log.browser_gone();
  EXPECT_EQ(fs::status(state_).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(state_ / "log").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(LogTest, EachEventIsALine) {
  Log log(state_);
  log.hello("1.2", "firefox");
  log.config("/etc/x: voicenter.extension: missing");
  log.surface_open("s-1", "https://crm.example.com:8443/pay?card=1#x", "autocomplete cc-number");
  log.surface_close("s-1", "hidden");
  log.override_with(engine::OverrideMode::mute);
  log.refused({ErrorCode::bad_request, "what"});
  log.asked(engine::Command::mute, "API1API");
  log.state(engine::State::muting, engine::State::unprotected, Error{ErrorCode::timeout, "late"});
  log.ended(65);
  EXPECT_THAT(text(), HasSubstr(" hello extension=1.2 browser=firefox\n"));
  EXPECT_THAT(text(), HasSubstr(" config problem=\"/etc/x: voicenter.extension: missing\"\n"));
  EXPECT_THAT(text(), HasSubstr(" surface_open surface=s-1 origin=https://crm.example.com:8443 "
                                "reason=\"autocomplete cc-number\"\n"));
  EXPECT_THAT(text(), HasSubstr(" surface_close surface=s-1 reason=hidden\n"));
  EXPECT_THAT(text(), HasSubstr(" override mode=mute\n"));
  EXPECT_THAT(text(), HasSubstr(" refused code=bad_request reason=what\n"));
  EXPECT_THAT(text(), HasSubstr(" asked request=mute target=API1API\n"));
  EXPECT_THAT(text(), HasSubstr(" state from=muting to=unprotected problem=timeout\n"));
  EXPECT_THAT(text(), EndsWith(" ended exit_code=65\n"));
}

TEST_F(LogTest, WritesADefectOnce) {
  Log log(state_);
  log.defect("");
  EXPECT_FALSE(fs::exists(state_));
  log.defect("a bound was reached");
  log.defect("a bound was reached");
  EXPECT_THAT(text(), MatchesRegex(".* defect problem=\"a bound was reached\"\n"));
}

TEST_F(LogTest, AnswersHaveEveryKnownField) {
  Log log(state_);
  engine::Outcome good;
  good.http_status = 200;
  good.error_code = 200;
  good.message = "Success";
  good.action_id = "14d3b31988b247be8ff5818d1cad3d3";
  good.latency_ms = 12.4;
  log.answered(engine::Command::mute, good);
  engine::Outcome bad;
  bad.error = ErrorCode::throttled;
  bad.http_status = 429;
  bad.retry_after_ms = 7'000;
  bad.outcome_unknown = true;
  bad.reason = "asked too often";
  log.answered(engine::Command::unmute, bad);
  EXPECT_THAT(text(), HasSubstr(" answered request=mute result=acknowledged ms=12 http=200 "
                                "error_code=200 message=Success "
                                "action_id=14d3b31988b247be8ff5818d1cad3d3\n"));
  EXPECT_THAT(text(),
              HasSubstr(" answered request=unmute result=throttled ms=0 http=429 "
                        "outcome_unknown=yes retry_after_ms=7000 reason=\"asked too often\"\n"));
}

TEST_F(LogTest, PageCannotForgeALineOrAFieldOrWriteALongLine) {
  Log log(state_);
  log.surface_open("s", "https://a.example", "x\" exit_code=0\n2026 pid=1 ended \\");
  log.surface_open("s", "https://a.example", std::string(10'000, 'x'));
  const std::string all = text();
  EXPECT_EQ(std::ranges::count(all, '\n'), 2);
  EXPECT_THAT(all, HasSubstr(R"(reason="x\" exit_code=0�2026 pid=1 ended \\")"));
  EXPECT_LT(all.size(), 1'000U);
}

TEST_F(LogTest, FilesAreBoundedInSizeAndNumber) {
  for (std::size_t round = 0; round < kMaxLogFiles + 2; ++round) {
    Log(state_).browser_gone();
    fs::resize_file(file(), kMaxLogFile_bytes);
    Log(state_).browser_gone();
  }
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(state_ / "log")) {
    ++files;
    EXPECT_LE(entry.file_size(), kMaxLogFile_bytes);
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }
  EXPECT_EQ(files, kMaxLogFiles);
}

TEST_F(LogTest, FolderThatCannotBeCreatedStopsNothingAndIsReported) {
  std::ofstream(state_) << "a file where the folder should be";
  Log log(state_);
  log.started("1", "x");
  log.ended(0);
  EXPECT_THAT(log.problem(), HasSubstr("No log is written to " + file().string()));
}

TEST(LogLine, LongNumbersAreReplaced) {
  EXPECT_EQ(without_long_numbers("card 4580 1234-5678 9012 of 12/27"), "card # of 12/27");
  EXPECT_EQ(without_long_numbers("call 050-1234567, ext 123456"), "call #, ext 123456");
  EXPECT_EQ(without_long_numbers("127.0.0.1 port 54321 after 2000 ms"),
            "127.0.0.1 port 54321 after 2000 ms");
  EXPECT_EQ(without_long_numbers(""), "");
  EXPECT_EQ(without_long_numbers("12 - x 1234567"), "12 - x #");
}

}  // namespace
}  // namespace cardmute::log
