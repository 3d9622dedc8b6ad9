// Private to platform/.
#pragma once

#include <filesystem>

namespace cardmute::platform {

// While it lives, the folders of a user in paths.hpp are those in this home. One at a time, and
// before there is a second thread.
class HomeOfAnother {
 public:
  explicit HomeOfAnother(const std::filesystem::path& home);
  ~HomeOfAnother();
  HomeOfAnother(const HomeOfAnother&) = delete;
  HomeOfAnother& operator=(const HomeOfAnother&) = delete;
};

}  // namespace cardmute::platform
