// Checks the host against every example in tests/contract/protocol.md.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "protocol/reply.hpp"
#include "protocol/request.hpp"
#include "protocol/status.hpp"
#include "source_folder.hpp"

namespace cardmute::protocol {

using engine::LastRequest;
using engine::State;
using engine::Status;
using engine::Target;
namespace {

using nlohmann::json;

struct Example {
  std::string kind;  // "request", "reply", "unasked", "refused CODE"
  std::string text;
};

std::vector<Example> examples() {
  std::ifstream file(test::source_folder() / "tests/contract/protocol.md");
  std::vector<Example> found;
  std::string line;
  while (std::getline(file, line)) {
    const std::string fence = "```json ";
    if (!line.starts_with(fence)) continue;
    Example example{line.substr(fence.size()), {}};
    while (std::getline(file, line) && line != "```") example.text += line + "\n";
    found.push_back(example);
  }
  return found;
}

TEST(ProtocolContract, HasAnExampleOfEveryRequest) {
  std::set<std::size_t> kinds;
  for (const auto& example : examples()) {
    if (example.kind != "request") continue;
    const auto parsed = parse_request(example.text);
    ASSERT_TRUE(std::holds_alternative<Request>(parsed.content))
        << example.text << std::get<Error>(parsed.content).message;
    EXPECT_TRUE(parsed.id.has_value()) << example.text;
    kinds.insert(std::get<Request>(parsed.content).index());
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Request>);
}

TEST(ProtocolContract, RefusesWhatItSaysIsRefused) {
  int count = 0;
  for (const auto& example : examples()) {
    const std::string prefix = "refused ";
    if (!example.kind.starts_with(prefix)) continue;
    ++count;
    const auto parsed = parse_request(example.text);
    std::optional<Error> error;
    if (const auto* found = std::get_if<Error>(&parsed.content)) error = *found;
    if (const auto* request = std::get_if<Request>(&parsed.content)) {
      ASSERT_TRUE(std::holds_alternative<Hello>(*request)) << example.text;
      error = protocol_error(std::get<Hello>(*request).protocol);
    }
    ASSERT_TRUE(error.has_value()) << example.text;
    EXPECT_EQ(name_of(error->code), example.kind.substr(prefix.size())) << example.text;
  }
  EXPECT_GE(count, 10);
}

// Collects the keys of an object and of the objects in it, in the form "status.last.at".
void collect_keys(const json& value, const std::string& path, std::set<std::string>& keys) {
  if (!value.is_object()) return;
  for (const auto& [key, inner] : value.items()) {
    keys.insert(path + key);
    if (key != "policy") collect_keys(inner, path + key + ".", keys);
  }
}

Status full_status() {
  Status status;
  status.state = State::unprotected;
  status.target = Target{TargetBy::extension, "API1API"};
  status.call_on = true;
  status.call_since = UtcTime{0};
  status.last =
      LastRequest{engine::Command::mute, UtcTime{0}, 200, 400, "Extension not found", "a1", 12.3};
  status.problem = Error{ErrorCode::extension_not_found, "…"};
  return status;
}

TEST(ProtocolContract, WritesTheFieldsOfTheExamplesAndNoOthers) {
  const Error error{ErrorCode::config_invalid, "…"};
  std::set<std::string> documented;
  std::set<std::string> written;
  for (const auto& example : examples()) {
    if (example.kind == "reply" || example.kind == "unasked") {
      collect_keys(json::parse(example.text), "", documented);
    }
  }
  const std::string status = status_text(full_status());
  collect_keys(json::parse(hello_reply(1, error, status, "{}", "1.0.0")), "", written);
  collect_keys(json::parse(unasked_status(status, "{}")), "", written);
  EXPECT_EQ(documented, written);
}

TEST(ProtocolContract, NamesTheNoticesAsTheDocumentDoes) {
  std::set<std::string> documented;
  for (const auto& example : examples()) {
    if (example.kind != "unasked") continue;
    const json document = json::parse(example.text);
    for (const auto& notice : document["status"]["notices"]) documented.insert(notice["code"]);
  }
  std::set<std::string> named;
  for (const auto& [code, name] : engine::kNoticeNames) {
    EXPECT_EQ(engine::name_of(code), name);
    named.emplace(name);
  }
  EXPECT_EQ(named, documented)
      << "contract.test.js compares the examples with the document's table";
}

TEST(ProtocolContract, WritesTheExampleOfAMutedStatus) {
  Status status;
  status.state = State::muted;
  status.target = Target{TargetBy::extension, "API1API"};
  status.provider = "Voicenter";
  status.extension = {"API1API", "machine", true};
  status.surfaces = 1;
  status.since = UtcTime{1'795'255'200'123};
  status.last = LastRequest{engine::Command::mute,
                            status.since,
                            200,
                            200,
                            "Success",
                            "14d3b31988b247be8ff5818d1cad3d3",
                            12.3};
  const json expected = json::parse(reply(2, std::nullopt, status_text(status)));
  bool found = false;
  for (const auto& example : examples()) {
    if (example.kind == "reply") found = found || json::parse(example.text) == expected;
  }
  EXPECT_TRUE(found) << expected.dump(2);
}

TEST(ProtocolText, EveryTextSurvivesAndInvalidBytesAreReplaced) {
  Status status;
  const std::string odd = "\"quoted\" \\ \n\t\x01 \u05e9\u05dc\u05d5\u05dd";
  status.agent = odd;
  status.problem = Error{ErrorCode::refused, odd + "\xff"};
  status.notices = {{engine::NoticeCode::form_idle, odd}, {engine::NoticeCode::left_muted, ""}};
  status.last = LastRequest{engine::Command::mute, UtcTime{0}, 0, std::nullopt, odd, "", 0.0004};
  const json written = json::parse(status_text(status));
  EXPECT_EQ(written["agent"], odd);
  EXPECT_EQ(written["problem"]["message"], odd + "\xEF\xBF\xBD");
  EXPECT_EQ(written["notices"][0]["message"], odd);
  EXPECT_EQ(written["notices"][1]["message"], "");
  EXPECT_EQ(written["last"]["latency_ms"], 0);
  EXPECT_EQ(written["last"]["http_status"], nullptr);
  EXPECT_EQ(written["verified"], nullptr);
}

}  // namespace
}  // namespace cardmute::protocol
