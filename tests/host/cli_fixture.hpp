// Runs commands on a simulated machine, whose files are in a temporary folder. The test provides
// the HTTP responses.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "platform/paths.hpp"
#include "temporary_folder.hpp"

namespace cardmute::cli {

class CommandLine : public ::testing::Test {
 protected:
  CommandLine() {
    configure(R"({"voicenter": {"extension": "API1API"},
                  "policy": {"sites": ["https://crm.example.com/*"]}})");
  }

  void configure(const std::string& text) { config_ = folder_.write("config.json", text); }
  // Sets the response to all following requests.
  void answer(const http::Result& result) { answers_ = {result}; }
  void answer(int status, const std::string& body) {
    http::Result result;
    result.sent = true;
    result.status = status;
    result.body = body;
    result.latency_ms = 12.3;
    answer(result);
  }
  void answer(http::Failure failure, bool sent = false) {
    http::Result result;
    result.failure = failure;
    result.failure_text = "made up by the test";
    result.sent = sent;
    answer(result);
  }
  // Sets the responses to the following requests, in order. The last one is repeated.
  void answer_in_turn(std::vector<http::Result> results) { answers_ = std::move(results); }

  // Sets the result of a trial of the provider's events.
  void try_feed(agent::FeedTrial trial) { trial_ = std::move(trial); }

  // Sets a function that answers the requests, instead of fixed responses.
  using Server = std::function<http::Result(const http::Request&)>;
  void serve(Server server) { server_ = std::move(server); }
  // Sets the lines that a person types at the terminal. Without this call there is no terminal.
  void type(const std::string& lines) { person_.emplace(lines); }

  // Runs a command and returns its exit code; its output is in out() and err().
  int run(const std::vector<std::string>& arguments) {
    out_.str("");
    err_.str("");
    requests_.clear();
    Context context{.out = out_,
                    .err = err_,
                    .sources = {config_, "", ""},
                    .roots = {home(), home() / ".config", folder_.path() / "root"},
                    .state_directory = folder_.path() / "state",
                    .program = platform::executable_path(),
                    .perform =
                        [this](const http::Settings& settings, const http::Request& request,
                               int /*timeout_ms*/) {
                          settings_ = settings;
                          requests_.push_back(request);
                          if (server_) return server_(request);
                          return answers_.at(std::min(requests_.size(), answers_.size()) - 1);
                        },
                    .person = person_ ? &*person_ : nullptr,
                    .now = [this] { return now_; },
                    .sleep_ms =
                        [this](int ms) {
                          now_.steady += std::chrono::milliseconds(ms);
                          now_.utc += std::chrono::milliseconds(ms);
                        },
                    .try_feed = [this](const config::Config&) { return trial_; }};
    return cli::run(arguments, context);
  }

  [[nodiscard]] std::string out() const { return out_.str(); }
  [[nodiscard]] std::string err() const { return err_.str(); }
  [[nodiscard]] nlohmann::json json_out() const { return nlohmann::json::parse(out_.str()); }
  [[nodiscard]] const std::vector<http::Request>& requests() const { return requests_; }
  [[nodiscard]] const http::Settings& settings() const { return settings_; }
  [[nodiscard]] engine::Moment now() const { return now_; }
  [[nodiscard]] std::filesystem::path home() const { return folder_.path() / "home"; }
  [[nodiscard]] const test::TemporaryFolder& folder() const { return folder_; }

 private:
  test::TemporaryFolder folder_;
  std::filesystem::path config_;
  std::ostringstream out_;
  std::ostringstream err_;
  std::vector<http::Result> answers_;
  std::vector<http::Request> requests_;
  http::Settings settings_;
  agent::FeedTrial trial_;
  Server server_;
  std::optional<std::istringstream> person_;
  // The time is 2026-11-21T10:00:00.123Z at first, and advances only when a command waits.
  engine::Moment now_{std::chrono::hours(1), UtcTime(1'795'255'200'123)};
};

}  // namespace cardmute::cli
