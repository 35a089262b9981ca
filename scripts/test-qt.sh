#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds with warnings as errors and runs the tests against the Qt of another Debian, in a root of its
# own: the library, the QML types and the demos. scripts/test.sh runs this script.
#
#   scripts/test-qt.sh [SUITE...]             trixie (Qt 6.8) and sid (the newest Qt) by default
#   scripts/test-qt.sh --prepare [SUITE...]   only makes the roots, which can run beside a build
#
# Needs root, debootstrap and a Debian mirror. Where a root cannot be made, or its packages cannot be
# installed (sid changes every day), the suite is skipped: the script returns 77 if nothing else
# failed. JOBS is the number of compilers and tests that run in parallel.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/chroot.sh
source scripts/chroot.sh

prepare_only=no
if [[ ${1:-} == --prepare ]]; then
  prepare_only=yes
  shift
elif [[ ${1:-} == -* ]]; then
  sed -n '5,13s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
suites=("$@")
if ((${#suites[@]} == 0)); then
  suites=(trixie sid)
fi
jobs=${JOBS:-$(nproc)}
packages=("${build_packages[@]}" "${demo_packages[@]}" qml6-module-qttest openssl)

# Without optimization: the compiler's time is most of the whole.
test_suite() {
  local suite=$1 build=build/qt-$1 status=0
  # shellcheck disable=SC2016 # expanded by the inner shell
  chroot_run --source . --build "$build" "$suite" sh -c '
    set -e
    cd /src
    cmake --preset ci -B /build -D CMAKE_CXX_FLAGS_NONE=-O0 -D EVENTSOURCE_BUILD_FAULT_TESTS=OFF \
      -D EVENTSOURCE_PRECOMPILE_TESTS=ON
    cmake --build /build --parallel "$1" -- -k 0
    cmake --build /build --target all_qmllint
    if cmake --build /build --target help | grep -q all_aotstats; then
      cmake --build /build --target all_aotstats >/build/aotstats.txt
    fi' sh "$jobs" >"$build/build.txt" 2>&1 || status=$?
  if ((status != 0)); then
    grep -v '^\[[0-9]*/[0-9]*\] ' "$build/build.txt" | tail -n 60 >&2
    echo "$suite: the build failed." >&2
    return 1
  fi
  # From Qt 6.8 on, warnings of qmllint do not make the build fail.
  if grep -E -A4 '^(Warning: |CMake Warning|CMake Deprecation)|warning: ' "$build/build.txt" >&2; then
    echo "$suite: the build has warnings." >&2
    return 1
  fi
  # The file also has each binding and handler that stays interpreted, and why.
  if [[ -e $build/aotstats.txt ]]; then
    grep -E '^(Module|Total) .*compiled to Cpp' "$build/aotstats.txt"
  fi

  chroot_run --source . --build "$build" --set QT_QPA_PLATFORM=offscreen --set XDG_RUNTIME_DIR=/tmp \
    "$suite" ctest --test-dir /build -L '^(unit|listener|qml|programs)$' --output-on-failure \
    --no-tests=error --parallel "$jobs" --repeat until-pass:2 || status=$?
  cp "$build/Testing/Temporary/LastTest.log" "$build/tests.txt"
  # A test that expects a warning names it, and QtTest does not print it then.
  if grep -E 'QWARN.*\.qml:[0-9]+' "$build/tests.txt" >&2; then
    echo "$suite: QML files print warnings." >&2
    return 1
  fi
  return "$((status != 0))"
}

skipped=() failed=()
for suite in "${suites[@]}"; do
  status=0
  chroot_prepare "$suite" "${packages[@]}" || status=$?
  if ((status == 77)); then
    skipped+=("$suite")
    continue
  elif ((status != 0)); then
    exit "$status"
  fi
  if [[ $prepare_only == no ]]; then
    mkdir -p "build/qt-$suite"
    # shellcheck disable=SC2016 # expanded by dpkg-query
    version=$(chroot_run "$suite" dpkg-query --show --showformat='${Version}' qt6-base-dev)
    echo "$suite: Qt $version"
    test_suite "$suite" || failed+=("$suite")
  fi
done

if ((${#skipped[@]} > 0)); then
  echo "NOT TESTED, no root could be made (see above): ${skipped[*]}" >&2
fi
if ((${#failed[@]} > 0)); then
  echo "Failed: ${failed[*]}" >&2
  exit 1
fi
if ((${#skipped[@]} > 0)); then
  exit 77
fi
