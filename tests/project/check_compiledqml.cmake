# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Compiles the samples of the documentation as an application's build does, and prints how many of
# their bindings and functions became C++. What docs/guides/typed-handlers.md calls compiled has to be,
# and qmllint has to know the properties that samples read of our types.
#
# QMLCACHEGEN, QMLLINT: the tools. IMPORT_PATH: of the modules. DASHBOARD_DIR: where the dashboard was
# compiled, or empty.

cmake_minimum_required(VERSION 3.21)

# Sets compiled and interpreted to numbers, from the table in the generated file. A function that was
# not compiled is missing in the table, which is sorted by the functions' indexes; one after the last
# that was compiled is not seen.
function(count_functions file)
    file(READ ${file} content)
    string(REGEX MATCHALL "\n *(},)?{ [0-9]+, " entries "${content}")
    list(POP_BACK entries last)
    list(LENGTH entries compiled)
    set(total 0)
    if(compiled GREATER 0)
        list(GET entries -1 last)
        string(REGEX REPLACE "[^0-9]" "" last ${last})
        math(EXPR total "${last} + 1")
    endif()
    math(EXPR interpreted "${total} - ${compiled}")
    set(compiled ${compiled} PARENT_SCOPE)
    set(interpreted ${interpreted} PARENT_SCOPE)
endfunction()

# Compiles a sample and prints what is known of it. Sets compiled, interpreted and warnings.
function(compile_sample file title)
    execute_process(
        COMMAND ${QMLCACHEGEN} -I ${IMPORT_PATH} -i ${IMPORT_PATH}/EventSource/qmldir
                --resource-path /sample.qml -o ${file}.cpp ${file}
        RESULT_VARIABLE result
        ERROR_VARIABLE error
    )
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${title} does not compile: ${error}")
    endif()
    count_functions(${file}.cpp)
    execute_process(
        COMMAND ${QMLLINT} --compiler warning -I ${IMPORT_PATH} ${file}
        OUTPUT_VARIABLE output
        ERROR_VARIABLE output
    )
    # A property of ours that is read by names of its own has to be a var.
    if(output MATCHES "Property [^\n]* not found on type \"(QVariantMap|[Ee]ventSource[^\n]*)\"")
        message(SEND_ERROR "qmllint says of ${title}: ${CMAKE_MATCH_0}")
    endif()
    string(REGEX MATCHALL "Could not compile [^\n]*" warnings "${output}")
    list(LENGTH warnings count)
    if(count GREATER interpreted)
        set(interpreted ${count})
    endif()
    message("${title}: compiled ${compiled}, interpreted at least ${interpreted}")
    foreach(warning IN LISTS warnings)
        message("    ${warning}")
    endforeach()
    foreach(variable IN ITEMS compiled interpreted warnings)
        set(${variable} "${${variable}}" PARENT_SCOPE)
    endforeach()
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
set(guide ${SOURCE_DIR}/docs/guides/typed-handlers.md)
file(GLOB documents ${SOURCE_DIR}/README.md ${SOURCE_DIR}/docs/*.md ${SOURCE_DIR}/docs/guides/*.md)
set(all_compiled 0)
set(all_interpreted 0)
foreach(document IN LISTS documents)
    get_filename_component(name ${document} NAME_WE)
    file(READ ${document} rest)
    set(number 0)
    while(1)
        string(FIND "${rest}" "\n```qml\n" begin)
        if(begin EQUAL -1)
            break()
        endif()
        math(EXPR begin "${begin} + 8")
        string(SUBSTRING "${rest}" ${begin} -1 rest)
        string(FIND "${rest}" "\n```" end)
        string(SUBSTRING "${rest}" 0 ${end} sample)
        # Others are parts of a document.
        if(NOT sample MATCHES "^(pragma|import) ")
            continue()
        endif()
        math(EXPR number "${number} + 1")
        set(file ${WORK_DIR}/${name}${number}.qml)
        file(WRITE ${file} "${sample}\n")
        compile_sample(${file} "${name}, sample ${number}")
        math(EXPR all_compiled "${all_compiled} + ${compiled}")
        math(EXPR all_interpreted "${all_interpreted} + ${interpreted}")
        if(document STREQUAL guide)
            string(REGEX MATCHALL "function [a-zA-Z]+\\(|\n *on[A-Z][a-zA-Z]+:" handlers "${sample}")
            list(LENGTH handlers count)
            if(warnings OR interpreted GREATER 0 OR count EQUAL 0 OR compiled LESS count)
                message(SEND_ERROR "${name}.md says that all of its sample is compiled.")
            endif()
        endif()
    endwhile()
endforeach()
message("Samples together: compiled ${all_compiled}, interpreted at least ${all_interpreted}")

if(DASHBOARD_DIR)
    set(all_compiled 0)
    set(all_interpreted 0)
    file(GLOB_RECURSE files ${DASHBOARD_DIR}/*_qml.cpp)
    foreach(file IN LISTS files)
        count_functions(${file})
        math(EXPR all_compiled "${all_compiled} + ${compiled}")
        math(EXPR all_interpreted "${all_interpreted} + ${interpreted}")
    endforeach()
    list(LENGTH files count)
    message("Dashboard, ${count} files: compiled ${all_compiled}, interpreted at least ${all_interpreted}")
endif()
