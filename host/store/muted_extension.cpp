#include "store/muted_extension.hpp"

#include "base/target_by.hpp"
#include "store/reader.hpp"

namespace cardmute::store {

MutedExtension read_muted_extension(const std::filesystem::path& file, const std::string& boot) {
  MutedExtension found;
  found.problem = with_reader(file, [&](Database& database) {
    auto rows = database.query(
        "SELECT target FROM debt WHERE target_by = ? ORDER BY boot = ? DESC, mute_us DESC LIMIT 1",
        TargetBy::extension, boot);
    if (rows.step()) found.value = rows.text(0);
  });
  return found;
}

OutstandingInStore read_outstanding(const std::filesystem::path& file, const std::string& boot) {
  OutstandingInStore found;
  found.problem = with_reader(file, [&](Database& database) {
    found.any = database.number("SELECT 1 FROM debt WHERE boot = ? LIMIT 1", boot).has_value();
  });
  return found;
}

}  // namespace cardmute::store
