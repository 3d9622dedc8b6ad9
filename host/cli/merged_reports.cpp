#include "cli/merged_reports.hpp"

#include <algorithm>
#include <chrono>

#include "base/error_code.hpp"
#include "base/plain_text.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxMergeText_bytes = 400;

}  // namespace

std::string reported_text(const json& text) {
  return text.is_string() ? plain_text(text.get_ref<const std::string&>(), kMaxMergeText_bytes)
                          : "";
}

Cover cover_of(const Person& person) {
  if (person.why.empty()) return Cover::full;
  return person.is_in_use ? Cover::none : Cover::not_needed;
}

std::size_t count_of(const Merged& merged, Cover cover) {
  return static_cast<std::size_t>(std::ranges::count_if(
      merged.persons, [cover](const auto& each) { return cover_of(each.second) == cover; }));
}

namespace {

Person person_of(const json& it, const std::string& machine, UtcTime at,
                 const std::string& host_version) {
  Person person{machine, reported_text(it["person"]), at, host_version};
  const auto configuration = it.value("configuration", json());
  person.is_known = configuration.is_object();
  if (configuration.is_object()) {
    // A configuration that is not valid has no hash.
    const auto hash = configuration.value("hash", json());
    if (hash.is_string()) person.configuration_hash = reported_text(hash);
  }
  const auto proof = it.value("proof", json());
  person.is_unproven = proof.is_object() && proof.value("proven", json()) == false;
  for (const json& reason : it["why"]) {
    person.why.push_back({reported_text(reason["code"]), reported_text(reason["message"])});
  }
  person.is_in_use = it.value("in_use", json()) != false;
  return person;
}

// Whether `person` replaces `known`, another report about the same person. If the person's home
// could be read for both reports or for neither, the newer report counts. Otherwise the one with
// the home counts, unless it is more than kReportStale_days older: a home may be mounted only at
// the log-in.
bool replaces(const Person& person, const Person& known) {
  if (person.is_known == known.is_known) return known.at <= person.at;
  const UtcTime looked_at = person.is_known ? person.at : known.at;
  const UtcTime could_not_at = person.is_known ? known.at : person.at;
  const bool counts = could_not_at - looked_at <= std::chrono::days(kReportStale_days);
  return counts == person.is_known;
}

Reason not_installed(const std::string& message) {
  return {std::string(name_of(ErrorCode::not_installed)), message};
}

}  // namespace

void add_report(const json& it, Merged& merged) {
  const std::string name = reported_text(it["machine"]["name"]);
  // Machines that were cloned from one image may have the same ID.
  const std::string machine = reported_text(it["machine"].value("id", json())) + ' ' + name;
  const UtcTime at = *parse_utc(it["at"].get_ref<const std::string&>());
  const std::string version = reported_text(it.value("host_version", json()));
  const auto [newest, is_new] = merged.machines.try_emplace(machine, at);
  newest->second = std::max(newest->second, at);
  merged.names.insert(name);
  for (const json& each : it["persons"]) {
    const Person person = person_of(each, name, at, version);
    Person& known = merged.persons[{machine, person.name}];
    if (replaces(person, known)) known = person;
    merged.persons.erase({machine, ""});
  }
  if (it["persons"].empty() && is_new) {
    Person nobody{name, "", at, version};
    nobody.why.push_back(
        not_installed("no home of a person was found on this machine: nobody logs in to it, or "
                      "homes are mounted only at the log-in (then run cardmute-host report at each "
                      "log-in)"));
    merged.persons[{machine, ""}] = nobody;
  }
}

void doubt_old_reports(Merged& merged, UtcTime now) {
  const auto is_old = [now](UtcTime at) { return now - at > std::chrono::days(kReportStale_days); };
  for (auto& [key, person] : merged.persons) {
    if (!is_old(person.at)) continue;
    person.is_in_use = is_old(merged.machines[key.first]);
    const auto age = std::chrono::floor<std::chrono::days>(now - person.at);
    const std::string bound = std::to_string(kReportStale_days) + " days";
    person.why.push_back(not_installed(
        "last reported " + std::to_string(age.count()) + " days ago; a report counts for " + bound +
        (person.is_in_use ? "" : ", and this machine has reported without this person since")));
  }
}

}  // namespace cardmute::cli
