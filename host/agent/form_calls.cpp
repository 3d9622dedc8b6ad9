#include "agent/form_calls.hpp"

#include <algorithm>

namespace cardmute::agent {

using engine::Engine;

std::vector<FormCalls::Change> FormCalls::changes(const std::vector<Engine::Lease>& leases,
                                                  const std::vector<engine::ListedCall>& calls) {
  const auto is_open = [&](const auto& form) {
    return std::ranges::any_of(leases, [&](const Engine::Lease& lease) {
      return lease.of == Engine::Lease::Of::surface && lease.surface == form.first;
    });
  };
  std::erase_if(forms_, [&](const auto& form) { return !is_open(form); });
  std::vector<Change> changes;
  for (const Engine::Lease& lease : leases) {
    if (lease.of != Engine::Lease::Of::surface) continue;
    Form& form = forms_[lease.surface];
    for (const engine::ListedCall& call : calls) {
      if (!call.answered || form.entries >= kMaxFormCalls_entries) continue;
      const auto known = form.calls.find(call.call_id);
      if (known != form.calls.end() && known->second == call.phase) continue;
      form.calls[call.call_id] = call.phase;
      ++form.entries;
      changes.push_back({lease.surface, call.call_id, call.phase});
    }
  }
  return changes;
}

}  // namespace cardmute::agent
