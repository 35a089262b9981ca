#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# In a clean Debian with the source at /src and the packages at /packages: installs them, uses them like
# an application does, and removes them. scripts/package.sh runs it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What is on the system, without the package manager's own records and caches.
files() {
  find / -xdev \( -path /proc -o -path /dev -o -path /src -o -path /packages -o -path /tmp -o -path /root \
    -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache -o -path /var/log -o -path /build \) \
    -prune -o -print | LC_ALL=C sort
}

files >"$work/before"
apt-get install -q -y --no-install-recommends /packages/*.deb >"$work/apt.log" 2>&1 </dev/null ||
  { cat "$work/apt.log" && exit 1; }

# The projects that find the library with CMake.
cp -r /src/tests/consumer "$work/consumer"
cmake -S "$work/consumer/find_package" -B "$work/build" -G Ninja >"$work/log" 2>&1 ||
  { cat "$work/log" && exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log" && exit 1; }
"$work/build/consumer_cpp"
"$work/build/consumer_qml"

# pkg-config
# shellcheck disable=SC2046 # several words
c++ -std=c++17 -fPIC $(pkg-config --cflags EventSource) -o "$work/with-pkg-config" \
  "$work/consumer/shared/consumer_cpp.cpp" $(pkg-config --libs EventSource)
"$work/with-pkg-config"

# Ten lines of QML, with the stream of the dashboard.
eventsource-dashboard --port 18080 --screenshot "$work/dashboard.png" --after 60000 2>"$work/dashboard.log" &
dashboard=$!
cat >"$work/sample.qml" <<'QML'
import QtQuick
import EventSource

Item {
    EventSourceListener {
        url: "http://127.0.0.1:18080/stream"
        reconnect.initialDelay: 200
        onMessage: event => Qt.exit(event.data.host ? 0 : 1)
    }
}
QML
timeout 30 /usr/lib/qt6/bin/qml "$work/sample.qml"
eventsource-tail --max 3 http://127.0.0.1:18080/stream >"$work/events"
[[ $(wc -l <"$work/events") == 3 ]]
kill "$dashboard"
wait "$dashboard" || true

for manual in eventsource-tail eventsource-dashboard; do
  [[ -e /usr/share/man/man1/$manual.1.gz ]]
done

mapfile -t names < <(for file in /packages/*.deb; do dpkg-deb --field "$file" Package; done)
apt-get purge -q -y --auto-remove "${names[@]}" >"$work/apt.log" 2>&1 </dev/null ||
  { cat "$work/apt.log" && exit 1; }
files >"$work/after"
# What they brought with them may stay, what is theirs may not.
if comm -13 "$work/before" "$work/after" | grep -i eventsource; then
  echo "This is left behind." >&2
  exit 1
fi
echo "Installed, used by two projects, by pkg-config and by a QML file, and removed."
