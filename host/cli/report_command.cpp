// `report`: prints one line about this machine, for an inventory of many machines. `report --merge`
// reads such lines.
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "cli/commands.hpp"
#include "cli/machine_report.hpp"
#include "cli/output.hpp"
#include "cli/report_merge.hpp"
#include "platform/users.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

// How long a person's report may take. It takes some 20 ms, but a home on a network that is down
// may never answer.
constexpr int kPerson_timeout_ms = 5000;
// After this many reports have failed, the others get less time, but still enough for a report. The
// homes may be on the same server, and a machine can have hundreds of them.
constexpr int kPatient_persons = 3;
constexpr int kHurried_timeout_ms = 500;

json unknown_person(const std::string& login, const std::string& why) {
  return {{"person", login},
          {"covered", false},
          {"why", json::array({error_json(ErrorCode::internal, why)})}};
}

// Returns the report about the user of this process, as text. Called in a child process that runs
// as another user.
std::string text_of_another(const Context& context) {
  config::decide_home();
  auto sources = config::default_sources();
  sources.need = config::ExtensionNeed::unless_in_environment;
  Context theirs{.out = context.out,
                 .err = context.err,
                 .sources = sources,
                 .roots = install::default_roots(),
                 .state_directory = config::state_directory(sources),
                 .program = context.program,
                 .perform = context.perform};
  return person_report(theirs).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string seconds(int ms) {
  std::ostringstream text;
  text << ms / 1000.0 << " s";
  return text.str();
}

// Asks for the reports of other users, one after the other.
class Others {
 public:
  explicit Others(const Context& context) : context_(context) {}

  void ask(const platform::User& user) {
    using Result = platform::OutputAs::Result;
    const int timeout_ms = failed_ < kPatient_persons ? kPerson_timeout_ms : kHurried_timeout_ms;
    const auto output = platform::output_as(
        user, [this] { return text_of_another(context_); }, timeout_ms);
    if (output.result == Result::no_home) return;
    if (output.result == Result::not_mounted) {
      persons_.push_back(unknown_person(
          user.login,
          user.home.string() +
              " is missing or empty now, so it could not be looked into: a home that is "
              "mounted only at the log-in? Run cardmute-host report as this person, for "
              "example at each log-in"));
      return;
    }
    json report = output.result == Result::done
                      ? json::parse(output.text, nullptr, /*allow_exceptions=*/false)
                      : json();
    if (!report.is_object()) {
      ++failed_;
      report = unknown_person(user.login, "this person's report failed or took longer than " +
                                              seconds(timeout_ms) +
                                              " (is the home on a network that is down?): run "
                                              "cardmute-host report as this person");
    }
    persons_.push_back(std::move(report));
  }

  // Adds a row that says that not all homes could be listed.
  void add_unread(const std::string& folder) {
    persons_.push_back(unknown_person(
        '(' + folder + ')',
        folder + " did not answer within " + seconds(platform::kHomes_timeout_ms) +
            ", so it is not known who else logs in to this computer: see whether a home is on a "
            "network that is down"));
  }

  json take() { return std::move(persons_); }

 private:
  const Context& context_;
  int failed_ = 0;
  json persons_ = json::array();
};

json everyone(const Context& context) {
  const auto people = platform::people();
  Others others(context);
  for (const auto& user : people.users) others.ask(user);
  if (!people.unread.empty()) others.add_unread(people.unread.string());
  return others.take();
}

const char* word_for(const json& person) {
  if (person["covered"].get<bool>()) return "covered";
  return person.value("in_use", true) ? "NOT COVERED" : "not in use";
}

void tell(const Context& context, const json& report) {
  for (const json& person : report["persons"]) {
    context.out << person["person"].get<std::string>() << ": " << word_for(person) << '\n';
    for (const json& reason : person["why"]) {
      context.out << "  " << reason["code"].get<std::string>() << ": "
                  << reason["message"].get<std::string>() << '\n';
    }
  }
  if (report["persons"].empty()) {
    context.out << "No person has a home on this machine now. If homes are mounted only at the "
                   "log-in, run cardmute-host report at each log-in.\n";
  }
}

void run_report(Context& context, bool all_users) {
  if (all_users && !platform::is_administrator()) {
    fail(context, ErrorCode::bad_request, "--all-users reads other people's files: run it as root");
    return;
  }
  // A log-in script may lack the environment variable that the browser has.
  context.sources.need = config::ExtensionNeed::unless_variable_missing;
  json persons = all_users ? everyone(context) : json::array({person_report(context)});
  const json report = machine_report(context, std::move(persons));
  if (context.json) {
    // One line per machine, so that the lines of many machines can be joined to a file.
    context.out << report.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
  } else {
    tell(context, report);
  }
}

}  // namespace

void add_report(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "report", "Say in one line whose calls are covered on this machine, and why if not");
  const auto all_users = std::make_shared<bool>(false);
  const auto folder = std::make_shared<std::string>();
  CLI::Option* option =
      command->add_flag("--all-users", *all_users, "Everyone who logs in here; as root");
  CLI::Option* merge =
      command
          ->add_option(
              "--merge", *folder,
              "Read the reports of many machines in this folder, and say who is not covered")
          ->type_name("DIR")
          ->excludes(option);
  const auto expected = std::make_shared<std::string>();
  CLI::Option* expect = command->add_option(
      "--expect", *expected,
      "With --merge: name the machines of this list that have not reported; one on each line, or "
      "in the first column of a CSV file");
  expect->type_name("FILE")->needs(merge);
  command->callback([&context, all_users, folder, merge, expected, expect] {
    if (merge->count() == 0) {
      run_report(context, *all_users);
    } else if (expect->count() > 0 && expected->empty()) {
      fail(context, ErrorCode::bad_request, "--expect is empty. Expected: the list's file");
    } else {
      run_merge(context, *folder, *expected);
    }
  });
}

}  // namespace cardmute::cli
