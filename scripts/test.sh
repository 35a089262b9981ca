#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds everything with warnings as errors and runs all tests. CI runs this script.
#
#   scripts/test.sh           everything
#   scripts/test.sh --quick   without floods, faults and real servers, sanitizers, fuzzers, and other Qts
#
# JOBS is the number of compilers that run in parallel, FUZZ_SECONDS the time for each fuzzer (60).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

faults=ON
case ${1:-} in
--quick) faults=OFF ;;
"") ;;
*)
  sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac
jobs=${JOBS:-$(nproc)}
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}

# Other programs on the machine can make a test late. One that fails runs once more; the log shows
# both runs, and a test that needs its second run is unreliable: a bug to be mended.
ctest=(ctest --parallel "$jobs" --repeat until-pass:2)

step() {
  printf '\n== %s (%d:%02d)\n' "$1" $((SECONDS / 60)) $((SECONDS % 60))
}

step "Packages"
if [[ $faults == ON ]]; then
  test_packages+=("${fault_test_packages[@]}")
  optional_test_packages+=("${fuzz_packages[@]}" "${chroot_packages[@]}")
fi
install_packages "${build_packages[@]}" "${demo_packages[@]}" "${test_packages[@]}" \
  --optional "${optional_test_packages[@]}"

# Mostly a download, so it runs beside the first build.
if [[ $faults == ON ]]; then
  mkdir -p build
  scripts/test-qt.sh --prepare >build/qt-prepare.txt 2>&1 &
  prepare=$!
fi

step "Checks without a build"
scripts/lint.sh

step "Build, warnings as errors"
cmake --preset ci -D EVENTSOURCE_BUILD_FAULT_TESTS=$faults
cmake --build --preset ci --parallel "$jobs"

step "qmllint"
# From Qt 6.8 on, warnings of qmllint no longer make the build fail.
cmake --build --preset ci --target all_qmllint 2>&1 | tee build/ci/qmllint.txt
if grep -q '^Warning: ' build/ci/qmllint.txt; then
  echo "qmllint has warnings." >&2
  exit 1
fi

if [[ $faults == ON ]]; then
  step "Build with AddressSanitizer and UndefinedBehaviorSanitizer"
  cmake --preset asan -D EVENTSOURCE_BUILD_DEMOS=OFF -D EVENTSOURCE_BUILD_FAULT_TESTS=ON \
    -D EVENTSOURCE_PRECOMPILE_TESTS=ON
  cmake --build --preset asan --parallel "$jobs"

  # Each fuzzer first runs the inputs in the corpus and then looks for new ones. The tests that run
  # beside them wait for the network most of the time.
  fuzzers=
  if clang++ -fsanitize=fuzzer -x c++ -o /dev/null - >/dev/null 2>&1 \
    <<<'extern "C" int LLVMFuzzerTestOneInput(const unsigned char *, unsigned long) { return 0; }'; then
    step "Build the fuzzers"
    cmake --preset fuzz
    cmake --build --preset fuzz --parallel "$jobs"
    fuzz() {
      mkdir -p "build/fuzz/new/$1"
      nice -n 19 "build/fuzz/tests/fuzz/fuzz_$1" -max_total_time="${FUZZ_SECONDS:-60}" \
        -print_final_stats=1 -verbosity=0 -dict="tests/fuzz/$1.dict" -artifact_prefix=build/fuzz/ \
        "build/fuzz/new/$1" "tests/fuzz/corpus/$1" >"build/fuzz/$1.txt" 2>&1
    }
    export -f fuzz
    printf '%s\n' streamparser jsontext typedjson response contentdecoder |
      xargs --max-procs="$jobs" --replace bash -c 'fuzz {}' &
    fuzzers=$!
  else
    echo "No clang++ with libFuzzer, so the fuzzers are not run. Debian: ${fuzz_packages[*]}" >&2
  fi

  step "Tests with AddressSanitizer and UndefinedBehaviorSanitizer"
  "${ctest[@]}" --preset asan

  if [[ -n $fuzzers ]]; then
    step "Fuzz"
    status=0
    wait "$fuzzers" || status=$?
    tail -n 7 build/fuzz/*.txt
    if ((status != 0)); then
      cat build/fuzz/*.txt >&2
      echo "A fuzzer found an error: see above, and build/fuzz for its input." >&2
      exit 1
    fi
  fi
fi

if [[ $faults == ON ]]; then
  wait "$prepare" || cat build/qt-prepare.txt >&2
  for suite in trixie sid; do
    step "Qt of Debian $suite"
    status=0
    scripts/test-qt.sh "$suite" || status=$?
    if ((status == 77)); then
      echo "The Qt of Debian $suite is skipped."
    elif ((status != 0)); then
      exit "$status"
    fi
  done
fi

if [[ $faults == ON ]]; then
  step "Debian packages"
  status=0
  JOBS=$jobs scripts/package.sh bookworm || status=$?
  if ((status == 77)); then
    echo "The Debian packages are skipped."
  elif ((status != 0)); then
    exit "$status"
  fi
fi

step "Tests"
"${ctest[@]}" --preset ci
