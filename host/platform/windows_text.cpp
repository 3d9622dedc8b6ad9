#include "platform/windows_text.hpp"

#include <windows.h>

#include <array>
#include <cstdint>
#include <cwchar>
#include <system_error>

namespace cardmute::platform {

namespace {

int size_of(std::size_t size) { return static_cast<int>(size); }

}  // namespace

std::wstring wide(std::string_view utf8) {
  std::wstring text(utf8.size(), L'\0');
  const int size = utf8.empty() ? 0
                                : MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size_of(utf8.size()),
                                                      text.data(), size_of(text.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string utf8(std::wstring_view wide) {
  constexpr std::size_t kMaxBytes_per_unit = 3;
  std::string text(wide.size() * kMaxBytes_per_unit, '\0');
  const int size = wide.empty()
                       ? 0
                       : WideCharToMultiByte(CP_UTF8, 0, wide.data(), size_of(wide.size()),
                                             text.data(), size_of(text.size()), nullptr, nullptr);
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string error_text(unsigned long code) {
  constexpr DWORD kEnglish = MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US);
  std::array<wchar_t, 512> text{};
  constexpr DWORD kFlags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
  const auto say = [&](DWORD language) {
    return FormatMessageW(kFlags, nullptr, code, language, text.data(),
                          static_cast<DWORD>(text.size()), nullptr);
  };
  // A system that is not in English has only texts in its own language.
  DWORD size = say(kEnglish);
  if (size == 0) size = say(0);
  std::string words = utf8({text.data(), size});
  while (!words.empty() && (words.back() == '\n' || words.back() == '\r' || words.back() == '.')) {
    words.pop_back();
  }
  return words.empty() ? "error " + std::to_string(code) : words;
}

std::string last_error_text() { return error_text(GetLastError()); }

void fail_with_last_error(const std::string& what) {
  const auto code = static_cast<int>(GetLastError());
  throw std::system_error(code, std::system_category(), what);
}

}  // namespace cardmute::platform

namespace {

constexpr auto kInvalid = static_cast<std::size_t>(-1);
constexpr auto kUnfinished = static_cast<std::size_t>(-2);

// How many bytes a character has that begins with `first`; 0 if no character does.
std::size_t length_of(unsigned char first) {
  constexpr unsigned char kContinues = 0x80;
  constexpr unsigned char kTwo = 0xC2;
  constexpr unsigned char kThree = 0xE0;
  constexpr unsigned char kFour = 0xF0;
  constexpr unsigned char kBeyond = 0xF5;
  if (first < kContinues) return 1;
  if (first < kTwo || first >= kBeyond) return 0;
  return first < kThree ? 2 : first < kFour ? 3 : 4;
}

// A character of four bytes has two UTF-16 units. The first call takes three bytes, returns the
// first unit and keeps the second unit in the state. The next call takes the last byte and returns
// the second unit.
constexpr std::size_t kBeforeLast_bytes = 3;

}  // namespace

// Replaces the C library's mbrtowc() (host/windows.cmake), which knows only code pages of one and
// two bytes. libstdc++ calls mbrtowc() to make a std::filesystem::path of a std::string, while
// path::string() gives UTF-8. Without this replacement the two would use different encodings.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the linker's name
extern "C" std::size_t __wrap_mbrtowc(wchar_t* to, const char* from, std::size_t size,
                                      std::mbstate_t* state);
extern "C" std::size_t __wrap_mbrtowc(wchar_t* to, const char* from, std::size_t size,
                                      std::mbstate_t* state) {
  if (from == nullptr || size == 0) return size == 0 && from != nullptr ? kUnfinished : 0;
  if (state != nullptr && *state != 0) {
    if (to != nullptr) *to = static_cast<wchar_t>(*state);
    *state = 0;
    return 1;
  }
  const std::size_t length = length_of(static_cast<unsigned char>(*from));
  if (length == 0) return kInvalid;
  if (length > size) return kUnfinished;
  std::array<wchar_t, 2> units{};
  const int count = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, from,
                                        static_cast<int>(length), units.data(), 2);
  if (count == 0) return kInvalid;
  if (to != nullptr) *to = units[0];
  if (units[0] == L'\0') return 0;
  if (count == 1) return length;
  if (state == nullptr) return kInvalid;
  *state = static_cast<std::mbstate_t>(units[1]);
  return kBeforeLast_bytes;
}
