#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds and tests against the Qt of other Debian releases, each in a folder of its own.
#
#   scripts/test-qt.sh [SUITE...]     trixie (Qt 6.8) and sid (the newest Qt) by default
#
# Warnings are errors. Runs the tests of the library, of its QML types and of the programs.
# Needs root. Ends with status 77 if a root cannot be made here.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/chroot.sh
source scripts/chroot.sh

if [[ ${1:-} == -* ]]; then
  sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
suites=("$@")
((${#suites[@]})) || suites=(trixie sid)
jobs=${JOBS:-$(nproc)}

can_make_roots || exit "$not_possible"
for suite in "${suites[@]}"; do
  printf '\n== Qt of Debian %s: packages (%d:%02d)\n' "$suite" $((SECONDS / 60)) $((SECONDS % 60))
  # Debian's sid changes every day: what cannot be installed is no fault of this project.
  make_root "$suite" "$suite" "${build_packages[@]}" "${demo_packages[@]}" "${test_packages[@]}" || {
    echo "The packages of Debian $suite cannot be installed now; it is left out." >&2
    exit "$not_possible"
  }
  # shellcheck disable=SC2016 # expanded in the root
  in_root "$chroots/$suite" --source "$root" -- bash -c '
    set -euo pipefail
    jobs=$1
    step() { printf "\n== Qt %s: %s (%d:%02d)\n" "$qt" "$1" $((SECONDS / 60)) $((SECONDS % 60)); }
    qt=$(dpkg-query --show --showformat="\${Version}" qt6-base-dev | sed "s/[+~-].*//")
    cd /src
    step "Build, warnings as errors"
    cmake --preset ci -B /build -D CMAKE_CXX_FLAGS_NONE=-O0 >/tmp/configure.txt 2>&1 || {
      cat /tmp/configure.txt
      exit 1
    }
    # No warning of CMake or of the QML tools either.
    if grep -A 5 -i "warning" /tmp/configure.txt; then exit 1; fi
    cmake --build /build --parallel "$jobs"
    step qmllint
    cmake --build /build --target all_qmllint 2>&1 | tee /tmp/qmllint.txt
    if grep -q "^Warning: " /tmp/qmllint.txt; then
      echo "qmllint has warnings." >&2
      exit 1
    fi
    step Tests
    ctest --test-dir /build --output-on-failure --no-tests=error --parallel "$jobs" -LE package
  ' test "$jobs"
done
