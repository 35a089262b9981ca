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
install_packages "${build_packages[@]}" "${demo_packages[@]}" xvfb imagemagick xdotool

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

# What a user has to start is photographed on a display of its own.
scratch=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$scratch"' EXIT
display() {
  mkfifo "$scratch/display-$1"
  Xvfb -displayfd 3 -screen 0 "$1x24" 3>"$scratch/display-$1" 2>/dev/null &
  pids+=($!)
  read -r number <"$scratch/display-$1"
  export DISPLAY=:$number
  "$program" --seed 1 --size "$1" --light "${@:2}" 2>/dev/null &
  pids+=($!)
}
unset QT_QPA_PLATFORM

# session FILE PAGE X Y...: a page after clicks at these places.
session() {
  display 1280x800 --page "$2"
  sleep 4
  local file=$1
  shift 2
  while (($# > 0)); do
    xdotool mousemove "$1" "$2" click 1
    shift 2
    sleep 6
  done
  xdotool mousemove 1270 790
  sleep 1
  import -window root "$folder/$file"
  kill "${pids[@]}" 2>/dev/null || true
  rm "$scratch"/display-*
  pids=()
}
session dashboard-chat.png chat 366 152
session dashboard-explorer.png explorer 156 750 800 230

# The film: the connection is dropped, the next attempt is due, the missed events are replayed.
display 960x640 --fault drop
for i in $(seq -w 1 24); do
  sleep 0.5
  import -window root "$scratch/$i.png"
done
convert -delay 50 -loop 0 "$scratch"/*.png +dither -colors 64 -layers optimize "$folder/dashboard.gif"
ls -l "$folder"
