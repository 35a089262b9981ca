#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Makes the pictures of the dashboard for the documentation: each page, and a short film of a dropped
# connection.
#
#   scripts/screenshots.sh [FOLDER]     default: docs/images
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/docs/images}
# shellcheck source=scripts/packages.sh
source "$root/scripts/packages.sh"
install_packages "${build_packages[@]}" "${demo_packages[@]}" xvfb imagemagick

build=$root/build/demo
cmake -S "$root" -B "$build" -G Ninja -D CMAKE_BUILD_TYPE=Release -D EVENTSOURCE_BUILD_TESTS=OFF
cmake --build "$build" --parallel "${JOBS:-$(nproc)}"
program=$build/demo/dashboard/eventsource-dashboard

# picture FILE [OPTION...]: options that come later count.
picture() {
  QT_QPA_PLATFORM=offscreen "$program" --seed 1 --size 1280x800 "--${scheme:-light}" --after 8000 \
    --screenshot "$folder/$1" "${@:2}"
}
mkdir -p "$folder"
picture dashboard-light.png
scheme=dark picture dashboard-dark.png
picture dashboard-narrow.png --size 360x640
picture dashboard-fault.png --fault refuse
picture dashboard-log.png --page log
picture dashboard-fleet.png --page fleet
picture dashboard-chat.png --page chat
picture dashboard-explorer.png --page explorer

# The film: the connection is dropped, the next attempt is due, the missed events are replayed.
frames=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$frames"' EXIT
mkfifo "$frames/display"
Xvfb -displayfd 3 -screen 0 960x640x24 3>"$frames/display" 2>/dev/null &
pids+=($!)
read -r number <"$frames/display"
export DISPLAY=:$number
unset QT_QPA_PLATFORM
"$program" --seed 1 --size 960x640 --light --fault drop 2>/dev/null &
pids+=($!)
for i in $(seq -w 1 24); do
  sleep 0.5
  import -window root "$frames/$i.png"
done
convert -delay 50 -loop 0 "$frames"/*.png +dither -colors 64 -layers optimize "$folder/dashboard.gif"
ls -l "$folder"
