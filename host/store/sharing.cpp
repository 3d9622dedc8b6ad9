#include "store/sharing.hpp"

#include <algorithm>
#include <vector>

#include "platform/machine.hpp"
#include "platform/process.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"

namespace cardmute::store {

std::filesystem::path life_sign_of(const std::filesystem::path& file, const std::string& boot) {
  return file.parent_path() / "alive" / platform::file_name_of_boot(boot);
}

bool is_shared_now(const std::filesystem::path& file, const std::string& own_boot) {
  std::vector<std::string> starts;
  const auto problem = with_reader(file, [&](Database& database) {
    // A file of an older version lacks this table until a newer host opens it.
    if (schema_version(database) < kStartsSince_version) return;
    auto rows = database.query("SELECT boot FROM machine_start WHERE boot <> ?", own_boot);
    while (rows.step()) starts.push_back(rows.text(0));
  });
  return !problem && std::ranges::any_of(starts, [&file](const std::string& start) {
    return platform::LifeSign::seen(life_sign_of(file, start));
  });
}

}  // namespace cardmute::store
