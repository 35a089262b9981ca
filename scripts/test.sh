#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds everything with warnings as errors and runs every test; what CI runs.
#
#   scripts/test.sh           all of it
#   scripts/test.sh --quick   without the second build under the sanitizers
#   scripts/test.sh --faults  also floods, faults and real servers; without the sanitizers
#
# JOBS sets how many compilers run at once.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

sanitizers=yes
faults=OFF
case ${1:-} in
--quick) sanitizers=no ;;
--faults)
  sanitizers=no
  faults=ON
  ;;
"") ;;
*)
  sed -n '5,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac
jobs=${JOBS:-$(nproc)}
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}

step() {
  printf '\n== %s (%d:%02d)\n' "$1" $((SECONDS / 60)) $((SECONDS % 60))
}

step "Packages"
if [[ $faults == ON ]]; then
  test_packages+=("${fault_test_packages[@]}")
fi
install_packages "${build_packages[@]}" "${demo_packages[@]}" "${test_packages[@]}" \
  --optional "${optional_test_packages[@]}"

step "Layout of the sources"
status=0
scripts/format.sh --check || status=$?
if ((status != 0 && status != 77)); then
  exit "$status"
fi

step "Build, warnings as errors"
cmake --preset ci -D EVENTSOURCE_BUILD_FAULT_TESTS=$faults
cmake --build --preset ci --parallel "$jobs"

step "qmllint"
# From Qt 6.8 on its warnings no longer fail the build by themselves.
cmake --build --preset ci --target all_qmllint 2>&1 | tee build/ci/qmllint.txt
if grep -q '^Warning: ' build/ci/qmllint.txt; then
  echo "qmllint has warnings." >&2
  exit 1
fi

if [[ $sanitizers == yes ]]; then
  step "Build with AddressSanitizer and UndefinedBehaviorSanitizer"
  cmake --preset asan -D EVENTSOURCE_BUILD_DEMOS=OFF
  cmake --build --preset asan --parallel "$jobs"
  step "Tests with AddressSanitizer and UndefinedBehaviorSanitizer"
  ctest --preset asan
fi

step "Tests"
ctest --preset ci
