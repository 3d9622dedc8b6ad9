// The loop of the host's main thread; see loop.hpp. Each turn handles what has arrived, decides
// what follows, and sends it. Before a request is sent, only the leases and the record of the
// request are written (session.hpp). Its outcome, the ledger, the log and the presence file are
// written when nothing has happened for kQuiet_ms.
#include "agent/loop.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <utility>
#include <variant>

#include "agent/browser_requests.hpp"
#include "agent/caller.hpp"
#include "agent/calls_questions.hpp"
#include "agent/clock.hpp"
#include "agent/config_reload.hpp"
#include "agent/event_feed.hpp"
#include "agent/polarity.hpp"
#include "agent/provider.hpp"
#include "agent/publisher.hpp"
#include "agent/replaced_program.hpp"
#include "agent/session.hpp"
#include "agent/settler.hpp"
#include "log/log.hpp"
#include "platform/paths.hpp"
#include "version.hpp"

namespace cardmute::agent {

namespace {

// Files are written only after nothing has happened for this long. A page's requests often follow
// each other closely, and the next request must not wait for a file.
constexpr int kQuiet_ms = 2;

class Loop {
 public:
  Loop(std::string caller, native_messaging::Descriptors descriptors)
      : caller_(std::move(caller)),
        state_directory_(config::state_directory(config::places())),
        log_(state_directory_),
        session_(std::random_device{}(), store_settings(state_directory_, caller_), now()),
        polarity_(store::store_file(state_directory_)),
        config_reload_(log_, session_, provider_, polarity_),
        event_feed_(session_, [this] { provider_.wake(); }),
        publisher_({session_, polarity_, config_reload_, questions_.name, event_feed_}, log_,
                   state_directory_, caller_,
                   [this](std::string message) { outgoing_.push_back(std::move(message)); }),
        requests_(
            {session_, config_reload_, questions_.check, publisher_, log_, caller_},
            [this] { carry_out_actions(); }, [this] { warm_up(); }),
        channel_(descriptors, [this] { provider_.wake(); }) {}

  int run() {
    log_.buffer();  // keeps the lines until the configuration says where to log
    log_.started(kVersion, caller_);
    config_reload_.start(now());
    follow_configuration();
    log_.write_down();
    if (!caller_is_allowed()) return exit_code_of(ErrorCode::caller_not_allowed);
    publisher_.start(now());
    for (;;) {
      take_incoming();
      look_at_configuration();
      hear_events();
      session_.tick(now());
      leave_to_newer_program();
      carry_out_actions();
      if (!ended_ && questions_.ask(now())) work_left_ = true;
      publish();
      if (session_.engine().done(now())) break;
      wait();
    }
    if (session_.engine().leaves_work()) start_settler(state_directory_);
    session_.leave(now());
    log_.ended(exit_code_);
    return exit_code_;
  }

 private:
  void look_at_configuration() {
    if (!config_reload_.look(now())) return;
    follow_configuration();
    if (!requests_.said_hello()) return;
    publisher_.policy_changed();
    warm_up();
  }

  void hear_events() {
    if (!ended_ && event_feed_.work(now())) work_left_ = true;
    provider_.set_call_activity(event_feed_.call_activity(now()));
  }

  void follow_configuration() {
    event_feed_.configure(config_reload_.current(), now());
    provider_.watch(event_feed_.watched());
  }

  bool caller_is_allowed() {
    const auto refusal = refusal_of(caller_);
    if (!refusal) return true;
    publisher_.reply(std::nullopt, *refusal);
    send_outgoing();
    log_.ended(exit_code_of(refusal->code));
    return false;
  }

  void take_incoming() {
    for (auto& incoming : channel_.take()) {
      if (ended_) break;
      work_left_ = true;
      std::visit([this](auto& item) { on_incoming(item); }, incoming);
      publish();  // sends each change, even if several frames arrive at once
    }
  }

  void on_incoming(native_messaging::Frame& frame) { requests_.on_frame(frame.text); }

  void on_incoming(native_messaging::End& end) {
    ended_ = true;
    if (end.inside_frame) exit_code_ = exit_code_of(ErrorCode::bad_frame);
    browser_gone();
  }

  void on_incoming(native_messaging::BadFrame& bad) {
    const Error error{ErrorCode::bad_frame, bad.message};
    log_.refused(error);
    publisher_.reply(std::nullopt, error);
    if (!bad.fatal) return;
    ended_ = true;
    exit_code_ = exit_code_of(ErrorCode::bad_frame);
    browser_gone();
  }

  // From now on the browser may kill this process, and the extension may reconnect at any moment.
  // So the leases stay, and a settler, which the browser cannot kill, watches them.
  void browser_gone() {
    log_.buffer();
    log_.browser_gone();
    const bool leaves_leases = session_.browser_gone(now());
    // A settler that cannot read the configuration cannot unmute, but this process still has the
    // last valid configuration. If no settler runs, the leases end at once, unless the policy
    // leaves the call muted.
    const bool can_settle = config_reload_.others_can_read_it();
    const bool settler_runs = leaves_leases && can_settle && start_settler(state_directory_);
    if (leaves_leases && !settler_runs && config_reload_.resume_when_browser_gone()) {
      session_.give_up_leases(now());
    }
    carry_out_actions();
  }

  // Ends this process if a newer program has replaced it, but never with a form open or a mute to
  // be ended. The extension then starts the newer program.
  void leave_to_newer_program() {
    if (!ended_ && replaced_program_.look(now().steady) && session_.engine().idle()) {
      ended_ = true;
      browser_gone();
    }
  }

  void publish() {
    if (publisher_.publish(now())) work_left_ = true;
    send_outgoing();
    publisher_.write_presence_if_due(now());
  }

  // Sends all messages together: a reply, and the status that has changed with it.
  void send_outgoing() {
    if (!outgoing_.empty()) static_cast<void>(channel_.send(outgoing_));
    outgoing_.clear();
  }

  // --- The engine's actions and the provider's answers

  void carry_out_actions() {
    for (const auto& action : session_.take_actions()) {
      work_left_ = true;
      std::visit([this](const auto& todo) { carry_out(todo); }, action);
    }
  }

  void carry_out(const engine::Send& todo) {
    provider_.start(todo);
    log_.buffer();
    log_.asked(todo.command, todo.target.value);
  }

  void carry_out(const engine::RequestCalls& todo) { provider_.start(todo); }
  void carry_out(const engine::Cancel& todo) { provider_.start(todo); }
  void carry_out(const engine::Answer& todo) { publisher_.reply(todo.ticket, todo.error); }

  // Session has already carried out all other actions.
  template <typename Other>
  void carry_out(const Other& /*todo*/) {}

  void on_result(const MuteFinished& finished) {
    log_.buffer();
    log_.answered(finished.send.command, finished.outcome);
    session_.finished(finished.send.attempt, finished.outcome, now());
    carry_out_actions();
  }

  void on_result(const CallsListed& listed) {
    if (questions_.take(listed, now())) return;
    session_.listed(listed.attempt, listed.calls.list, now());
    carry_out_actions();
  }

  void warm_up() {
    if (!config_reload_.current()) return;
    provider_.warm_up();
    event_feed_.wanted();
    questions_.name.wanted();
    questions_.name.configure(*config_reload_.current()->account, now().steady);
  }

  void wait() {
    const auto results = provider_.wait(work_left_ ? std::min(kQuiet_ms, wait_ms()) : wait_ms());
    // After an event of the provider no files are written yet: the event may be about a call that
    // has to be muted, and files may be slow. Once the browser has gone, events no longer matter.
    const bool hears = !ended_ && provider_.watched_ended_wait();
    const bool quiet = results.empty() && !channel_.has_incoming() && !hears;
    if (quiet) do_work_left();
    for (const auto& each : results) {
      std::visit([this](const auto& result) { on_result(result); }, each);
      publish();
    }
  }

  int wait_ms() {
    auto until = std::min(config_reload_.next_look(), session_.next_deadline(now()));
    until = std::min(until, replaced_program_.next_look());
    if (const auto publish_at = publisher_.next_deadline()) until = std::min(until, *publish_at);
    if (const auto due = questions_.next(); due && !ended_) until = std::min(until, *due);
    if (const auto at = event_feed_.next_deadline(); at && !ended_) until = std::min(until, *at);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now().steady).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  // Writes files. Called when nothing else has to be done.
  void do_work_left() {
    work_left_ = false;
    session_.write_outcomes(now());
    carry_out_actions();
    publish();
    // While a request is in flight, nothing is written to the store that can wait: the disk may be
    // slow, and the provider's answer must not wait for the disk.
    if (!session_.engine().in_flight()) session_.rest(now());
    if (requests_.said_hello()) polarity_.look(now().steady);
    log_store_failure();
    log_.defect(session_.defect());
    log_.write_down();
    report_log_problem();
  }

  void log_store_failure() {
    if (session_.store_failure() == logged_store_failure_) return;
    logged_store_failure_ = session_.store_failure();
    if (!logged_store_failure_.empty()) return log_.store(logged_store_failure_);
    log_.store("it works again", platform::Severity::informational);
  }

  // Uses standard error, because the log cannot report its own failure.
  void report_log_problem() {
    if (log_.problem().empty() || std::exchange(log_problem_reported_, true)) return;
    std::cerr << "cardmute-host: " << log_.problem() << '\n';
  }

  std::string caller_;
  std::filesystem::path state_directory_;
  log::Log log_;
  Session session_;
  Polarity polarity_;
  Provider provider_;
  ConfigReload config_reload_;
  EventFeed event_feed_;
  CallsQuestions questions_{session_, provider_,
                            [this](const auto& error) { requests_.extension_checked(error); }};
  ReplacedProgram replaced_program_{caller_};
  Publisher publisher_;
  BrowserRequests requests_;
  std::vector<std::string> outgoing_;  // messages for the browser
  std::string logged_store_failure_;
  bool log_problem_reported_ = false;
  bool work_left_ = false;  // whether something has happened since the last do_work_left()
  bool ended_ = false;
  int exit_code_ = 0;
  // This must be the last member: its threads use the members above, and must end first.
  native_messaging::Channel channel_;
};

}  // namespace

int serve_browser(const std::string& caller, native_messaging::Descriptors descriptors) {
  return Loop(caller, descriptors).run();
}

}  // namespace cardmute::agent
