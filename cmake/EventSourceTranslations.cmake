# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# The catalogues in translations/. Without Qt's LinguistTools the texts stay English.

set(EVENTSOURCE_HAS_TRANSLATIONS FALSE)
if(EVENTSOURCE_TRANSLATIONS)
    if(EVENTSOURCE_TRANSLATIONS STREQUAL "AUTO")
        find_package(Qt6 ${EVENTSOURCE_MINIMUM_QT} QUIET OPTIONAL_COMPONENTS LinguistTools)
    else()
        find_package(Qt6 ${EVENTSOURCE_MINIMUM_QT} REQUIRED COMPONENTS LinguistTools)
    endif()
    if(TARGET Qt6::lrelease)
        set(EVENTSOURCE_HAS_TRANSLATIONS TRUE)
    endif()
endif()

# Builds the catalogues translations/<name>_*.ts into the target as the resources
# :/i18n/<name>_<language>.qm. The variable named by out gets the targets that a static library needs
# besides itself.
function(eventsource_add_translations target name out)
    set(${out} "" PARENT_SCOPE)
    if(NOT EVENTSOURCE_HAS_TRANSLATIONS)
        return()
    endif()
    set(compiled "")
    file(GLOB catalogues CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/translations/${name}_*.ts)
    foreach(catalogue IN LISTS catalogues)
        get_filename_component(base ${catalogue} NAME_WE)
        set(file ${CMAKE_CURRENT_BINARY_DIR}/${base}.qm)
        add_custom_command(
            OUTPUT ${file}
            COMMAND Qt6::lrelease -silent ${catalogue} -qm ${file}
            DEPENDS ${catalogue}
            VERBATIM
        )
        set_source_files_properties(${file} PROPERTIES QT_RESOURCE_ALIAS ${base}.qm)
        list(APPEND compiled ${file})
    endforeach()
    string(MAKE_C_IDENTIFIER ${name}_translations resource)
    qt_add_resources(
        ${target} ${resource}
        PREFIX /i18n
        FILES ${compiled}
        OUTPUT_TARGETS targets
    )
    set(${out} ${targets} PARENT_SCOPE)
endfunction()

# Brings the catalogues up to date with the sources.
if(EVENTSOURCE_HAS_TRANSLATIONS AND PROJECT_IS_TOP_LEVEL)
    add_custom_target(
        update_translations
        COMMAND
            ${CMAKE_COMMAND} -D LUPDATE=$<TARGET_FILE:Qt6::lupdate> -D
            SOURCE_DIR=${PROJECT_SOURCE_DIR} -D FOLDER=${PROJECT_SOURCE_DIR}/translations -P
            ${CMAKE_CURRENT_LIST_DIR}/UpdateTranslations.cmake
        VERBATIM
    )
endif()
