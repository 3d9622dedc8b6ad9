#include "config/packaged_callers.hpp"

#include <algorithm>

#include "config/document.hpp"
#include "config/keys.hpp"
#include "config/report.hpp"

namespace cardmute::config {

namespace {

constexpr const char* kCallers = "allowed_callers";

}  // namespace

std::vector<std::string> callers_in(const nlohmann::json& document, Report& report) {
  if (!document.contains(kCallers)) return {};
  Draft draft;
  take_group({{kCallers, document.at(kCallers)}}, "", top_keys(), draft, report);
  return draft.config.allowed_callers;
}

void add_packaged_callers(const Sources& sources, Loaded& loaded) {
  if (sources.texts != nullptr || sources.packaged_callers.empty() ||
      !is_there(sources.packaged_callers)) {
    return;
  }
  Report report(sources.packaged_callers, loaded, Wrong::is_ignored);
  const auto text = read_text(sources.packaged_callers, report, sources.machine_writers);
  const auto document = text ? parse_document(*text, report) : std::nullopt;
  if (!document) return;
  if (!document->content.contains(kCallers)) {
    report.wrong(kCallers, "missing", "the callers that this package was made for");
    return;
  }
  loaded.packaged_callers = callers_in(document->content, report);
  for (const std::string& caller : loaded.packaged_callers) {
    if (std::ranges::find(loaded.allowed_callers, caller) == loaded.allowed_callers.end()) {
      loaded.allowed_callers.push_back(caller);
    }
  }
}

}  // namespace cardmute::config
