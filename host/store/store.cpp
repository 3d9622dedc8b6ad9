// The store; see store.hpp.
#include "store/store.hpp"

namespace cardmute::store {

struct Store::Impl {
  std::string failure;
};

Store::Store(Settings) : impl_(std::make_unique<Impl>()) {}
Store::~Store() = default;

Shared Store::look(Moment, const Absence&) { return {}; }
Shared Store::hold(const Lease&, Moment) { return {}; }
Shared Store::release(std::string_view, std::string_view, Moment) { return {}; }
Shared Store::orphan(Moment) { return {}; }
void Store::leave(Moment) {}
Begun Store::begin(Command, const Target&, Moment) { return {}; }
Shared Store::end(RequestId, const engine::Outcome&, bool, bool, Moment) { return {}; }
Shared Store::owe(const Target&, Moment) { return {}; }
Shared Store::write_off(const Target&, Moment) { return {}; }
void Store::note(Entry) {}
void Store::rest(Moment) {}
const std::string& Store::failure() const { return impl_->failure; }
bool Store::reopened() { return false; }

}  // namespace cardmute::store
