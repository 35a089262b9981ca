#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds the dashboard and opens it on live events from a server inside the program.
#
#   scripts/demo.sh [OPTION...]     options go to the dashboard: see --help
#   scripts/demo.sh --screenshot FILE.png [--after MS]     needs no display
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/packages.sh
source "$root/scripts/packages.sh"

# Asked before minutes are spent on building.
if [[ $OSTYPE == linux* && -z ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]; then
  case " $* " in
  *" --screenshot"* | *" --help "* | *" -h "* | *" --version "*) export QT_QPA_PLATFORM=offscreen ;;
  *)
    echo "There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are empty)." >&2
    echo "A picture of the dashboard needs none: $0 --screenshot dashboard.png" >&2
    exit 1
    ;;
  esac
fi

install_packages "${build_packages[@]}" "${demo_packages[@]}"

build=$root/build/demo
cmake -S "$root" -B "$build" -G Ninja -D CMAKE_BUILD_TYPE=Release -D EVENTSOURCE_BUILD_TESTS=OFF
cmake --build "$build" --parallel "${JOBS:-$(nproc)}"
exec "$build/demo/dashboard/eventsource-dashboard" "$@"
