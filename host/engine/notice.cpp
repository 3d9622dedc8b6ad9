#include "engine/notice.hpp"

#include <algorithm>
#include <cassert>

namespace cardmute::engine {

std::string_view name_of(NoticeCode code) {
  const auto* const row =
      std::ranges::find(kNoticeNames, code, &std::pair<NoticeCode, std::string_view>::first);
  assert(row != kNoticeNames.end() && "kNoticeNames names every code");
  return row->second;
}

}  // namespace cardmute::engine
