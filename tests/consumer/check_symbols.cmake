# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Fails on any strong global symbol of the static libraries under PREFIX that an application could
# have too: what is not public must be in EventSourcePrivate.

cmake_minimum_required(VERSION 3.21)

# The public classes are those with an include of their own.
file(GLOB classes RELATIVE ${PREFIX}/include/EventSource ${PREFIX}/include/EventSource/EventSource*)
list(FILTER classes EXCLUDE REGEX "\\.h$")
if(NOT classes)
    message(FATAL_ERROR "There are no headers in ${PREFIX}/include/EventSource.")
endif()
list(JOIN classes "|" classes)

set(own "(EventSourcePrivate|EventSource|${classes})")
set(allowed
    # Members of ours, and what the compiler makes of a class.
    "^${own}::"
    "^(vtable|VTT|typeinfo|typeinfo name|guard variable|(non-virtual|virtual) thunk) (for|to) ${own}($|::)"
    # Operators and swap() of the public value types.
    "^(operator[^A-Za-z_]+|swap|qHash)\\(.*(${classes})"
    # Made by Qt's tools from the module's and the target's names.
    "^qml_register_types_EventSource"
    "^QmlCacheGeneratedCode::_qt_qml_EventSource_"
    "^q(Init|Cleanup)Resources_([A-Za-z_]*EventSource|eventsource_)"
    "^(vtable for |typeinfo for |typeinfo name for )?EventSource(_Controls)?Plugin($|::)"
    "^qt_static_plugin_EventSource(_Controls)?Plugin\\(\\)$"
    "^qt_static_plugin_EventSource(_Controls)?Plugin::"
)

file(GLOB_RECURSE archives ${PREFIX}/*.a ${PREFIX}/*.o)
list(LENGTH archives count)
if(count EQUAL 0)
    message(FATAL_ERROR "There is no library in ${PREFIX}.")
endif()

set(strong 0)
set(clashing "")
foreach(archive IN LISTS archives)
    execute_process(
        COMMAND ${NM} --demangle --defined-only --extern-only ${archive}
        OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY
    )
    # Brackets and semicolons would change what a list is.
    string(REGEX REPLACE "[][;]" "_" symbols "${symbols}")
    string(REGEX MATCHALL "[0-9a-f]+ [A-Zu] [^\n]+" symbols "${symbols}")
    foreach(symbol IN LISTS symbols)
        if(NOT symbol MATCHES "^[0-9a-f]+ ([A-Zu]) (.+)$")
            message(FATAL_ERROR "${symbol}")
        endif()
        set(name "${CMAKE_MATCH_2}")
        if(CMAKE_MATCH_1 MATCHES "[WVu]")
            continue() # of templates and inline functions, which a program may have many times
        endif()
        math(EXPR strong "${strong} + 1")
        set(matches FALSE)
        foreach(pattern IN LISTS allowed)
            if(name MATCHES "${pattern}")
                set(matches TRUE)
                break()
            endif()
        endforeach()
        if(NOT matches)
            get_filename_component(file ${archive} NAME)
            string(APPEND clashing "\n  ${file}: ${name}")
        endif()
    endforeach()
endforeach()

# Else nm has changed its output, and nothing is checked.
if(strong LESS 100)
    message(FATAL_ERROR "Only ${strong} symbols were found in ${count} libraries.")
endif()
if(clashing)
    message(FATAL_ERROR "Neither public nor in EventSourcePrivate:${clashing}")
endif()
message(STATUS "${strong} strong symbols in ${count} libraries, all in names of their own")
