#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Prints which room of src/ includes which, and checks it against docs/architecture.md.
#
#   scripts/include-graph.sh           one line per arrow: count, and one include as an example
#   scripts/include-graph.sh --check   only what is not allowed
#
# Exits with 1 if a room includes one that it must not know.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

check=0
case ${1:-} in
--check) check=1 ;;
"") ;;
*)
  sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac

# Each line: a source file, a tab, and what stands between the quotes or brackets of its #include.
# What is not ours (Qt, the standard library, moc's output) is left out.
# shellcheck disable=SC2016 # $0 is for awk
list_includes() {
  find src qml demo \( -name '*.cpp' -o -name '*.h' \) -print | LC_ALL=C sort |
    xargs awk '
      /^[ \t]*#[ \t]*include[ \t]*("[^"]+"|<EventSource\/[^>]+>)/ {
        split($0, part, /["<>]/)
        if (part[2] !~ /(\.moc|^moc_.*\.cpp)$/)
          print FILENAME "\t" part[2]
      }'
}

list_includes | awk -F '\t' -v check="$check" '
  BEGIN {
    # Rooms from bottom to top, and what each may include beside itself.
    count = split("format net payload api model session face", rooms, " ")
    may["payload"] = "format"
    may["api"] = "payload format"
    may["model"] = "api payload format"
    may["session"] = "api payload net format"
    may["face"] = "session model api payload net format"
    for (from in may) {
      split(may[from], list, " ")
      for (i in list)
        allowed[from, list[i]] = 1
    }
  }

  function exists(path,    line, found) {
    found = (getline line < path) >= 0
    close(path)
    return found
  }

  function is_public(path) {
    return path !~ /\// && path ~ /\.h$/ && path !~ /_p\.h$/
  }

  # The room of a file of src/: its folder. Directly in src/ are the public headers and the value
  # types, which the rooms below the listener may use too, and the listener with its helpers.
  function room_of(path) {
    if (path ~ /\//)
      return substr(path, 1, index(path, "/") - 1)
    if (path ~ /^eventsource(event|error|json)[._]/ || is_public(path))
      return "api"
    return "face"
  }

  function complain(text) {
    print "not allowed: " $1 " includes \"" $2 "\": " text
    failed = 1
  }

  # qml/ and demo/ see the library as an application does.
  $1 !~ /^src\// {
    if ($2 ~ /_p\.h$/ || $2 ~ /(^|\/)(src|format|net|payload|model|session)\//)
      complain("only the public API is for " substr($1, 1, index($1, "/") - 1) "/")
    next
  }

  {
    file = substr($1, 5)
    target = $2
    # A public header under the name that applications use.
    if (sub(/^EventSource\//, "", target)) {
      target = tolower(target)
      if (target !~ /\.h$/)
        target = target ".h"
    }
    if (!exists("src/" target)) {
      complain("there is no src/" target "; private headers are included as \"room/file_p.h\"")
      next
    }
    from = room_of(file)
    to = room_of(target)
    if (is_public(file) && !is_public(target))
      complain("a public header cannot include a private one")
    if (from == to || target == "eventsourceglobal.h")
      next
    if (!((from, to) in allowed))
      complain(from " must not know " to)
    if (!((from, to) in arrows))
      example[from, to] = "src/" file ": \"" $2 "\""
    ++arrows[from, to]
  }

  END {
    for (i = count; i > 0 && !check; --i) {
      for (j = count; j > 0; --j) {
        if ((rooms[i], rooms[j]) in arrows) {
          printf "%-8s -> %-8s %3d   %s\n", rooms[i], rooms[j], arrows[rooms[i], rooms[j]],
            example[rooms[i], rooms[j]]
        }
      }
    }
    exit failed
  }'
