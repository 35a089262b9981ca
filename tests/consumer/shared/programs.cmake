# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# The same programs, however the library was found.

qt_add_executable(consumer_cpp ${CMAKE_CURRENT_LIST_DIR}/consumer_cpp.cpp)
target_link_libraries(consumer_cpp PRIVATE EventSource::EventSource)

# Knows the library from QML alone.
qt_add_executable(consumer_qml ${CMAKE_CURRENT_LIST_DIR}/consumer_qml.cpp)
set_target_properties(consumer_qml PROPERTIES AUTOMOC ON)
set_source_files_properties(
    ${CMAKE_CURRENT_LIST_DIR}/Main.qml PROPERTIES QT_RESOURCE_ALIAS Main.qml
)
qt_add_qml_module(
    consumer_qml
    URI Consumer
    VERSION 1.0
    RESOURCE_PREFIX /qt/qml
    IMPORT_PATH ${EventSource_QML_DIR}
    QML_FILES ${CMAKE_CURRENT_LIST_DIR}/Main.qml
    NO_CACHEGEN
)
target_link_libraries(consumer_qml PRIVATE Qt6::Gui Qt6::Network Qt6::Quick)

get_target_property(library_type EventSource::EventSource TYPE)
if(library_type STREQUAL "STATIC_LIBRARY")
    target_link_libraries(
        consumer_qml PRIVATE EventSource::EventSourceplugin EventSource::EventSourceControlsplugin
    )
    target_compile_definitions(consumer_qml PRIVATE QML_IMPORT_DIR=":/qt/qml")

    # A shared library shows nobody its private names.
    qt_add_executable(consumer_names ${CMAKE_CURRENT_LIST_DIR}/consumer_names.cpp)
    set_target_properties(consumer_names PROPERTIES AUTOMOC ON)
    target_link_libraries(consumer_names PRIVATE EventSource::EventSource)
else()
    target_compile_definitions(consumer_qml PRIVATE QML_IMPORT_DIR="${EventSource_QML_DIR}")
endif()
