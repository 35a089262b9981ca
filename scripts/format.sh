#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Formats the C++ sources with clang-format 14, the version that .clang-format is written for.
#
#   scripts/format.sh           changes the files
#   scripts/format.sh --check   fails if a file would change
#
# Exits with 77 where that version is not installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-} in
--check) options=(--dry-run --Werror) ;;
"") options=(-i) ;;
*)
  sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac

clang_format=
for candidate in clang-format-14 clang-format; do
  if [[ $("$candidate" --version 2>/dev/null) == *"version 14."* ]]; then
    clang_format=$candidate
    break
  fi
done
if [[ -z $clang_format ]]; then
  echo "clang-format 14 is not installed, so the format is not checked." >&2
  exit 77
fi

find demo qml src tests \( -name '*.cpp' -o -name '*.h' \) -print0 |
  xargs -0 "$clang_format" "${options[@]}"
