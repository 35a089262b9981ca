#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Compares this library with other clients within one run, and writes the tables and plots of
# docs/performance.md.
#
#   scripts/bench.sh [ROUNDS]     7 rounds by default; about 14 minutes
#
# Keep the machine idle meanwhile. Only the ratios within one run are meaningful.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

rounds=${1:-7}
if ! [[ $rounds =~ ^[1-9][0-9]*$ ]]; then
  sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi

install_packages "${build_packages[@]}" "${demo_packages[@]}" "${bench_packages[@]}" \
  --optional "${optional_bench_packages[@]}"
cmake -S . -B build/bench -G Ninja -D CMAKE_BUILD_TYPE=Release -D EVENTSOURCE_BUILD_BENCHMARKS=ON \
  -D EVENTSOURCE_BUILD_TESTS=OFF
cmake --build build/bench --parallel "${JOBS:-$(nproc)}"

peers=build/bench/peers
mkdir -p "$peers"
cp tests/bench/peers/package.json tests/bench/peers/*.mjs "$peers"
(cd "$peers" && npm install --no-package-lock --no-audit --no-fund)

export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
node "$peers/compare.mjs" build/bench/tests/bench/bench_streamparser "$rounds" |
  tee build/bench/parser.txt
build/bench/tests/bench/delivery/bench_delivery "$rounds" "" "$peers" |
  tee build/bench/delivery.txt
# The window is drawn on a virtual display where Xvfb is installed, else offscreen.
display=()
if command -v xvfb-run >/dev/null; then
  display=(env QT_QPA_PLATFORM=xcb xvfb-run -a)
fi
"${display[@]}" build/bench/tests/bench/responsiveness/bench_responsiveness |
  tee build/bench/responsiveness.txt
"${display[@]}" build/bench/tests/bench/responsiveness/bench_pages |
  tee --append build/bench/responsiveness.txt
node "$peers/report.mjs" build/bench/parser.txt build/bench/delivery.txt \
  build/bench/responsiveness.txt docs
echo "The figures are in docs/performance.md."
