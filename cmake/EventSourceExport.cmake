# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Gives a library that qt_add_qml_module() made into a module, and its plugin, their public names
# EventSource::<target> and EventSource::<target>plugin, the same ones for a project that adds this
# one as a subfolder and for one that finds it installed. With EVENTSOURCE_INSTALL both are installed,
# with all that QML and its tools read. A module that is only a plugin has one target for both.
#
# ARGN: what qt_add_qml_module() returned in OUTPUT_TARGETS. In a static build these are object
# libraries (resources, the plugin's registration) that the static libraries refer to.
function(eventsource_export_qml_module target plugin)
    add_library(EventSource::${target} ALIAS ${target})
    add_library(EventSource::${target}plugin ALIAS ${plugin})

    if(EVENTSOURCE_LIBRARY_TYPE STREQUAL "STATIC")
        # The plugin is then what an application links, so it brings the headers too.
        target_link_libraries(${plugin} INTERFACE ${target})
    endif()

    if(NOT EVENTSOURCE_INSTALL)
        return()
    endif()

    get_target_property(module_path ${target} QT_QML_MODULE_TARGET_PATH)
    get_target_property(build_dir ${target} QT_QML_MODULE_OUTPUT_DIRECTORY)
    get_target_property(type_info ${target} QT_QML_MODULE_TYPEINFO)
    set(module_dir ${EVENTSOURCE_INSTALL_QML_DIR}/${module_path})

    set(libraries ${target} ${ARGN})
    list(REMOVE_ITEM libraries ${plugin})
    if(libraries)
        install(
            TARGETS ${libraries}
            EXPORT EventSourceTargets
            RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Runtime
            LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
                    COMPONENT Runtime
                    NAMELINK_COMPONENT Development
            ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development
            OBJECTS DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development
        )
    endif()
    install(
        TARGETS ${plugin}
        EXPORT EventSourceTargets
        RUNTIME DESTINATION ${module_dir} COMPONENT Runtime
        LIBRARY DESTINATION ${module_dir} COMPONENT Runtime
        ARCHIVE DESTINATION ${module_dir} COMPONENT Development
    )
    install(
        FILES ${build_dir}/qmldir ${build_dir}/${type_info}
        DESTINATION ${module_dir}
        COMPONENT Runtime
    )
    # The engine reads the files compiled into the library; the tools read these.
    get_target_property(qml_files ${target} QT_QML_MODULE_QML_FILES)
    if(qml_files)
        install(FILES ${qml_files} DESTINATION ${module_dir} COMPONENT Runtime)
    endif()

    # Qt's own guess supposes <prefix>/qml.
    if(NOT WIN32)
        set(origin $ORIGIN)
        if(APPLE)
            set(origin @loader_path)
        endif()
        file(RELATIVE_PATH module_to_lib ${CMAKE_INSTALL_PREFIX}/${module_dir}
             ${CMAKE_INSTALL_FULL_LIBDIR}
        )
        set_target_properties(${plugin} PROPERTIES INSTALL_RPATH ${origin}/${module_to_lib})
    endif()
endfunction()

# The CMake package: find_package(EventSource).
function(eventsource_install_package)
    include(CMakePackageConfigHelpers)

    set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/EventSource)
    # What the exported targets name and find_package() therefore has to find first.
    set(qt_components Core Network Qml)
    if(EVENTSOURCE_BUILD_CONTROLS AND EVENTSOURCE_LIBRARY_TYPE STREQUAL "STATIC")
        list(APPEND qt_components Quick)
    endif()
    # A shared library has found its own already.
    set(find_zlib "")
    if(EVENTSOURCE_HAS_ZLIB AND EVENTSOURCE_LIBRARY_TYPE STREQUAL "STATIC")
        set(find_zlib "find_dependency(ZLIB)")
    endif()
    configure_package_config_file(
        ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EventSourceConfig.cmake.in
        ${PROJECT_BINARY_DIR}/EventSourceConfig.cmake
        INSTALL_DESTINATION ${package_dir}
        PATH_VARS EVENTSOURCE_INSTALL_QML_DIR
    )
    # Before 1.0 a minor version may change the interface.
    write_basic_package_version_file(
        ${PROJECT_BINARY_DIR}/EventSourceConfigVersion.cmake COMPATIBILITY SameMinorVersion
    )
    # For other build systems. The prefix is where the file is found.
    set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
    file(RELATIVE_PATH pc_to_prefix ${CMAKE_INSTALL_PREFIX}/${pc_dir} ${CMAKE_INSTALL_PREFIX})
    string(REGEX REPLACE "/$" "" pc_to_prefix ${pc_to_prefix})
    set(pc_static_requires "")
    set(pc_static_flag "")
    if(EVENTSOURCE_LIBRARY_TYPE STREQUAL "STATIC")
        set(pc_static_flag " -DEVENTSOURCE_STATIC")
        if(EVENTSOURCE_HAS_ZLIB)
            set(pc_static_requires " zlib")
        endif()
    endif()
    configure_file(
        ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EventSource.pc.in ${PROJECT_BINARY_DIR}/EventSource.pc
        @ONLY
    )
    install(
        FILES ${PROJECT_BINARY_DIR}/EventSource.pc
        DESTINATION ${pc_dir}
        COMPONENT Development
    )
    install(
        FILES ${PROJECT_BINARY_DIR}/EventSourceConfig.cmake
              ${PROJECT_BINARY_DIR}/EventSourceConfigVersion.cmake
        DESTINATION ${package_dir}
        COMPONENT Development
    )
    install(
        EXPORT EventSourceTargets
        NAMESPACE EventSource::
        DESTINATION ${package_dir}
        COMPONENT Development
    )
endfunction()
