#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# In a clean Debian with the source at /src and the packages at /build: installs them, uses them as an
# application does, and removes them. scripts/package.sh runs it.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/tmp/runtime
mkdir -m 700 "$XDG_RUNTIME_DIR"
install() {
  apt-get -q -y -o Acquire::Retries=3 -o DPkg::Options::=--force-unsafe-io install \
    --no-install-recommends "$@" >/tmp/log 2>&1 || { tail /tmp/log && exit 1; }
}
fail() {
  echo "$*" >&2
  exit 1
}
cp -r /src/debian/tests/build-and-run /tmp
cd /tmp

echo "Programs, with nothing but what their packages depend on"
install /build/eventsource-tail_*.deb /build/libeventsource-qt0_*.deb
eventsource-tail --version
install /build/libeventsource-qt0_*.deb /build/qml6-module-eventsource*.deb /build/eventsource-dashboard_*.deb
timeout 60 eventsource-dashboard --seed 1 --screenshot /tmp/picture.png --size 1280x800
[ -s /tmp/picture.png ] || fail "The dashboard made no picture."

echo "import EventSource, with nothing but the module and Qt Quick"
install qml-qt6 qml6-module-qtquick qml6-module-qtquick-window
qml=/usr/lib/qt6/bin/qml
status=0
# Nothing listens on port 1, so the module reports an error, which the sample turns into 3.
timeout 60 "$qml" /src/tests/consumer/pkg_config/sample.qml -- http://127.0.0.1:1/ || status=$?
[ "$status" = 3 ] || fail "qml sample.qml returned $status."

echo "Consumer projects"
install cmake ninja-build g++ pkg-config
install /build/*.deb
cd /src
/tmp/build-and-run
cd /tmp
for file in doc/libeventsource-qt-dev/html/index.html qt6/doc/eventsource.qch; do
  [ -s "/usr/share/$file" ] || fail "The documentation has no $file."
done

echo "Removal"
apt-get -q -y purge "libeventsource-qt*" "qml6-module-eventsource*" "eventsource-*" >/tmp/log 2>&1 ||
  { tail /tmp/log; exit 1; }
rest=$(find / -xdev \( -path /proc -o -path /tmp -o -path /build -o -path /src -o -path /var/cache -o \
  -path /var/lib/apt -o -path /root \) -prune -o -iname "*eventsource*" -print)
[ -z "$rest" ] || fail "Left behind: $rest"
! dpkg-query --show 2>/dev/null | grep -i eventsource || fail "Left behind: see above"
