# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# eventsource.categories names the logging categories that the sources in SOURCE_DIR define, with
# their lowest severity, and no others.

cmake_minimum_required(VERSION 3.21)

set(defined "")
file(GLOB_RECURSE sources ${SOURCE_DIR}/*.cpp)
foreach(source IN LISTS sources)
    file(STRINGS ${source} lines REGEX "Q_LOGGING_CATEGORY\\(")
    foreach(line IN LISTS lines)
        if(NOT line MATCHES "Q_LOGGING_CATEGORY\\([A-Za-z]+, \"([a-z.]+)\", Qt([A-Za-z]+)Msg\\)")
            message(FATAL_ERROR "${source}: not understood: ${line}")
        endif()
        string(TOUPPER ${CMAKE_MATCH_2} severity)
        list(APPEND defined "${CMAKE_MATCH_1} ${severity}")
    endforeach()
endforeach()

set(listed "")
file(STRINGS ${SOURCE_DIR}/eventsource.categories lines REGEX "^[^#]")
# Brackets would keep the elements of a list together.
string(REPLACE "[" "<" lines "${lines}")
string(REPLACE "]" ">" lines "${lines}")
foreach(line IN LISTS lines)
    if(NOT line MATCHES "^([a-z.]+) .+ DEFAULT_SEVERITY <([A-Z]+)>$")
        message(FATAL_ERROR "eventsource.categories: not understood: ${line}")
    endif()
    list(APPEND listed "${CMAKE_MATCH_1} ${CMAKE_MATCH_2}")
endforeach()

list(SORT defined)
list(SORT listed)
if(NOT defined OR NOT "${defined}" STREQUAL "${listed}")
    message(FATAL_ERROR "The sources define:  ${defined}\nThe list has:        ${listed}")
endif()
message(STATUS "${defined}")
