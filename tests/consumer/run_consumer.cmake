# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds and runs one consumer project; see CMakeLists.txt for the variables.

cmake_minimum_required(VERSION 3.21)

function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Quick to build, as nobody debugs it. Asserts stay.
set(common
    -G
    ${GENERATOR}
    -D
    CMAKE_MAKE_PROGRAM=${MAKE_PROGRAM}
    -D
    CMAKE_CXX_COMPILER=${CXX_COMPILER}
    -D
    CMAKE_CXX_FLAGS=${CXX_FLAGS}
    -D
    CMAKE_PREFIX_PATH=${PREFIX_PATH}
    -D
    CMAKE_BUILD_TYPE=None
)
if(LIBRARY_TYPE STREQUAL "STATIC")
    list(APPEND common -D BUILD_SHARED_LIBS=OFF)
else()
    list(APPEND common -D BUILD_SHARED_LIBS=ON)
endif()

file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})

if(CONSUMER STREQUAL "find_package")
    if(NOT BUILD_DIR)
        set(BUILD_DIR ${WORK_DIR}/library)
        set(CONFIG None)
        run(${CMAKE_COMMAND} -S ${SOURCE_DIR} -B ${BUILD_DIR} ${common} -D
            EVENTSOURCE_BUILD_TESTS=OFF -D EVENTSOURCE_BUILD_DEMOS=OFF
        )
        run(${CMAKE_COMMAND} --build ${BUILD_DIR} --parallel 2)
    endif()
    run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/installed --config "${CONFIG}")
    # Moved, because an installation must not remember where it was made.
    file(RENAME ${WORK_DIR}/installed ${WORK_DIR}/prefix)
    list(APPEND common -D EventSource_ROOT=${WORK_DIR}/prefix)
else()
    list(APPEND common -D EVENTSOURCE_SOURCE_DIR=${SOURCE_DIR})
endif()

set(build ${WORK_DIR}/build)
run(${CMAKE_COMMAND} -S ${SOURCE_DIR}/tests/consumer/${CONSUMER} -B ${build} ${common})
run(${CMAKE_COMMAND} --build ${build} --parallel 2)
if(CONSUMER STREQUAL "find_package")
    # The smallest demo is a project of its own too.
    run(${CMAKE_COMMAND} -S ${SOURCE_DIR}/demo/minimal-widgets -B ${WORK_DIR}/demo ${common})
    run(${CMAKE_COMMAND} --build ${WORK_DIR}/demo --parallel 2)
endif()
# Nothing but the installation itself may help these to their libraries and modules.
unset(ENV{LD_LIBRARY_PATH})
unset(ENV{QML_IMPORT_PATH})
unset(ENV{QML2_IMPORT_PATH})
run(${build}/consumer_cpp)
run(${build}/consumer_qml)
if(LIBRARY_TYPE STREQUAL "STATIC")
    run(${build}/consumer_names)
endif()
if(EXISTS ${WORK_DIR}/prefix/bin/eventsource-tail)
    run(${WORK_DIR}/prefix/bin/eventsource-tail --version)
    if(NOT EXISTS ${WORK_DIR}/prefix/share/man/man1/eventsource-tail.1)
        message(FATAL_ERROR "The manual of eventsource-tail is not installed.")
    endif()
endif()
