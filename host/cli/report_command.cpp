// `report`: prints one line about this machine, for an inventory of many machines. `report --merge`
// reads such lines.
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/machine_report.hpp"
#include "cli/output.hpp"
#include "cli/report_merge.hpp"
#include "platform/users.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

// A person's report takes some 20 ms, but a home on a network that is down may take forever.
constexpr int kPerson_timeout_ms = 5000;

json unknown_person(const std::string& login) {
  return {{"person", login},
          {"covered", false},
          {"why", json::array({error_json(ErrorCode::internal,
                                          "this person's report failed or took too long: run "
                                          "cardmute-host report as this person")})}};
}

// The report about another user, made in a process that runs as that user.
json report_of(const Context& context, const platform::User& user) {
  const auto text = platform::output_as(
      user,
      [&context] {
        config::decide_home();
        const auto sources = config::default_sources();
        Context theirs{.out = context.out,
                       .err = context.err,
                       .sources = sources,
                       .roots = install::default_roots(),
                       .state_directory = config::state_directory(sources),
                       .program = context.program,
                       .perform = context.perform};
        return person_report(theirs).dump(-1, ' ', false, json::error_handler_t::replace);
      },
      kPerson_timeout_ms);
  json report = text ? json::parse(*text, nullptr, /*allow_exceptions=*/false) : json();
  return report.is_object() ? report : unknown_person(user.login);
}

void tell(const Context& context, const json& report) {
  for (const json& person : report["persons"]) {
    const bool covered = person["covered"].get<bool>();
    context.out << person["person"].get<std::string>() << ": "
                << (covered ? "covered" : "NOT COVERED") << '\n';
    for (const json& reason : person["why"]) {
      context.out << "  " << reason["code"].get<std::string>() << ": "
                  << reason["message"].get<std::string>() << '\n';
    }
  }
  if (report["persons"].empty()) context.out << "Nobody logs in to this machine.\n";
}

void run_report(Context& context, bool all_users) {
  if (all_users && !platform::is_administrator()) {
    fail(context, ErrorCode::bad_request, "--all-users reads other people's files: run it as root");
    return;
  }
  json persons = json::array();
  if (all_users) {
    for (const auto& user : platform::people()) persons.push_back(report_of(context, user));
  } else {
    persons.push_back(person_report(context));
  }
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
  const CLI::Option* merge =
      command
          ->add_option(
              "--merge", *folder,
              "Read the reports of many machines in this folder, and say who is not covered")
          ->type_name("DIR")
          ->excludes(option);
  command->callback([&context, all_users, folder, merge] {
    if (merge->count() == 0) {
      run_report(context, *all_users);
    } else {
      run_merge(context, *folder);
    }
  });
}

}  // namespace cardmute::cli
