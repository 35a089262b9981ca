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

set(project ${CONSUMER})
if(CONSUMER STREQUAL "archive")
    set(project find_package)
    run(${CMAKE_CPACK_COMMAND} --config ${BUILD_DIR}/CPackConfig.cmake -G TGZ -C "${CONFIG}" -B
        ${WORK_DIR}/archive
    )
    file(GLOB archive ${WORK_DIR}/archive/*.tar.gz)
    file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${WORK_DIR}/unpacked)
    file(GLOB folder ${WORK_DIR}/unpacked/*)
    file(RENAME ${folder} ${WORK_DIR}/prefix)
    list(APPEND common -D "CMAKE_PREFIX_PATH=${WORK_DIR}/prefix;${PREFIX_PATH}")
elseif(CONSUMER STREQUAL "find_package")
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
run(${CMAKE_COMMAND} -S ${SOURCE_DIR}/tests/consumer/${project} -B ${build} ${common})
run(${CMAKE_COMMAND} --build ${build} --parallel 2)
if(project STREQUAL "find_package")
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
# A build without CMake, where pkg-config and Qt's files for it are installed.
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG AND EXISTS ${WORK_DIR}/prefix AND LIBRARY_TYPE STREQUAL "SHARED")
    execute_process(COMMAND ${PKG_CONFIG} --exists Qt6Core Qt6Network Qt6Qml RESULT_VARIABLE missing)
    if(NOT missing)
        file(GLOB_RECURSE pc_file ${WORK_DIR}/prefix/EventSource.pc)
        get_filename_component(pc_dir ${pc_file} DIRECTORY)
        set(ENV{PKG_CONFIG_PATH} ${pc_dir})
        set(pkg_config ${PKG_CONFIG} EventSource)
        execute_process(
            COMMAND ${pkg_config} --modversion
            OUTPUT_VARIABLE version
            OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY
        )
        execute_process(
            COMMAND ${pkg_config} --cflags --libs OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY
        )
        separate_arguments(flags UNIX_COMMAND "${CXX_FLAGS} ${flags}")
        get_filename_component(lib_dir ${pc_dir} DIRECTORY)
        run(${CXX_COMPILER} -std=c++17 -fPIC ${SOURCE_DIR}/tests/consumer/pkg_config/main.cpp -o
            ${WORK_DIR}/pkg_config ${flags} -Wl,-rpath,${lib_dir}
        )
        run(${WORK_DIR}/pkg_config ${version})
    endif()
endif()
if(EXISTS ${WORK_DIR}/prefix/bin/eventsource-tail)
    run(${WORK_DIR}/prefix/bin/eventsource-tail --version)
    if(NOT EXISTS ${WORK_DIR}/prefix/share/man/man1/eventsource-tail.1)
        message(FATAL_ERROR "The manual of eventsource-tail is not installed.")
    endif()
endif()
