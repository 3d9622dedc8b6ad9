# What is Windows' own in the build: options, libcurl's parts, and the resources of the programs.
enable_language(RC)

add_compile_definitions(WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE _WIN32_WINNT=0x0A00)
# platform/windows_text.cpp says why the C library's mbrtowc() is replaced.
add_link_options(-static -Wl,--wrap=mbrtowc)

if(CMAKE_BUILD_TYPE STREQUAL Release)
  # Every folder and every day give the same bytes.
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
  add_link_options(-Wl,--no-insert-timestamp)
  # Hardening; tests/windows checks the programs. The linker's own defaults are named, because they are promised.
  add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fcf-protection=full)
  add_link_options(-fstack-protector-strong -Wl,--dynamicbase,--nxcompat,--high-entropy-va -Wl,--gc-sections -s)
endif()

function(cardmute_windows_curl target)
  find_library(CARDMUTE_NGHTTP2 nghttp2 REQUIRED)
  target_compile_definitions(${target} INTERFACE CURL_STATICLIB)
  target_link_libraries(${target} INTERFACE CURL::libcurl ${CARDMUTE_NGHTTP2} ws2_32 crypt32 bcrypt secur32)
endfunction()

# The version, and the manifest of how Windows runs the program.
function(cardmute_windows_program program description)
  set(name ${program}.exe)
  configure_file(${CMAKE_SOURCE_DIR}/host/windows.rc.in ${CMAKE_CURRENT_BINARY_DIR}/generated/${program}.rc @ONLY)
  target_sources(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated/${program}.rc)
endfunction()
