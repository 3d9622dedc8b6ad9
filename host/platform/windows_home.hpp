// Makes paths.hpp name another user's folders. Private to platform/.
#pragma once

#include <filesystem>

namespace cardmute::platform {

// While an object of this class exists, the folders of a user in paths.hpp are those in `home`. At
// most one such object may exist, and only before there is a second thread.
class HomeOfAnother {
 public:
  explicit HomeOfAnother(const std::filesystem::path& home);
  ~HomeOfAnother();
  HomeOfAnother(const HomeOfAnother&) = delete;
  HomeOfAnother& operator=(const HomeOfAnother&) = delete;
};

}  // namespace cardmute::platform
