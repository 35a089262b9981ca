#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds the dashboard and opens it with live events from its built-in server.
#
#   scripts/demo.sh [OPTION...]     the dashboard gets the options: see --help
#   scripts/demo.sh --screenshot FILE.png [--after MS]     needs no display
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/packages.sh
source "$root/scripts/packages.sh"

# Checked first, because the build takes minutes.
if [[ $OSTYPE == linux* && -z ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]; then
  case " $* " in
  *" --screenshot"* | *" --help "* | *" -h "* | *" --version "*) export QT_QPA_PLATFORM=offscreen ;;
  *)
    echo "There is no display for the window (DISPLAY and WAYLAND_DISPLAY are empty)." >&2
    echo "A screenshot works without a display: $0 --screenshot dashboard.png" >&2
    exit 1
    ;;
  esac
fi

install_packages "${build_packages[@]}" "${demo_packages[@]}"

build=$root/build/demo
cmake -S "$root" -B "$build" -G Ninja -D CMAKE_BUILD_TYPE=Release -D EVENTSOURCE_BUILD_TESTS=OFF
cmake --build "$build" --parallel "${JOBS:-$(nproc)}"
exec "$build/demo/dashboard/eventsource-dashboard" "$@"
