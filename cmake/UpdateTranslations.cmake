# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Runs LUPDATE for the catalogues in FOLDER. They get the texts of the sources in SOURCE_DIR, without
# line numbers, so that a catalogue changes only with a text. To add a language, copy a catalogue to
# a file with its name and run this.

cmake_minimum_required(VERSION 3.21)

set(eventsource_sources ${SOURCE_DIR}/src ${SOURCE_DIR}/qml)
set(eventsource-dashboard_sources ${SOURCE_DIR}/demo/dashboard)

foreach(name IN ITEMS eventsource eventsource-dashboard)
    file(GLOB catalogues ${FOLDER}/${name}_*.ts)
    execute_process(
        COMMAND ${LUPDATE} -silent -locations none -no-obsolete -source-language en
                ${${name}_sources} -ts ${catalogues}
        RESULT_VARIABLE result
    )
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "lupdate failed for ${name}: ${result}")
    endif()
endforeach()
