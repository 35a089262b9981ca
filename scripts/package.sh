#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds the Debian packages in a clean root of a Debian release, checks them with lintian, installs
# and uses them in another clean root, and removes them.
#
#   scripts/package.sh [--reproducible] [bookworm|trixie...]     default: bookworm
#
# The packages are left in build/packages/<release>. With --reproducible they are built a second time
# in a folder of another name and must be the same. Exits with 77 where no root can be made, see
# scripts/chroot.sh.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/chroot.sh
source scripts/chroot.sh
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

reproducible=no
if [[ ${1:-} == --reproducible ]]; then
  reproducible=yes
  shift
fi
suite=${1:-bookworm}
if (($# > 1)) || [[ ! $suite =~ ^[a-z]+$ ]]; then
  sed -n '5,12s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi

# Roots with nothing in them, apart from those that are kept for tests.
export EVENTSOURCE_CHROOTS=${EVENTSOURCE_CHROOTS:-/var/tmp/eventsource-chroots}/minimal

step() {
  printf '\n== %s: %s (%d:%02d)\n' "$suite" "$1" $((SECONDS / 60)) $((SECONDS % 60))
}

step "Root"
if ((EUID == 0)) && ! command -v debootstrap >/dev/null; then
  install_packages debootstrap || true
fi
chroot_prepare "$suite"

step "Source"
output=$root/build/packages/$suite
rm -rf "$output"
mkdir -p "$output"
version=$(sed -n '1s/.*(\(.*\)-[^-]*).*/\1/p' debian/changelog)
epoch=$(date --date "$(sed -n '/^ -- /{s/.*>  //p;q}' debian/changelog)" +%s)
git ls-files -z --cached --others --exclude-standard | grep -zv '^debian/' |
  while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done |
  tar --create --null --files-from=- --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX --transform="flags=r;s,^,eventsource-qt-$version/," |
  gzip -n >"$output/eventsource-qt_$version.orig.tar.gz"

# What runs in the root. /src is this checkout, /build the folder of the packages.
# shellcheck disable=SC2016
build='
set -eu
export DEBIAN_FRONTEND=noninteractive
apt="apt-get -q -y -o Acquire::Retries=3"
version=$1 folder=$2 target=$3 check=$4
packages=dpkg-dev
[ "$check" = no ] || packages="dpkg-dev lintian"
$apt install --no-install-recommends $packages >/tmp/log 2>&1 || { tail /tmp/log; exit 1; }
mkdir -p "/tmp/$folder" && cd "/tmp/$folder"
cp "/build/eventsource-qt_$version.orig.tar.gz" .
tar xf "eventsource-qt_$version.orig.tar.gz"
cd "eventsource-qt-$version"
cp -r /src/debian .
$apt build-dep --no-install-recommends ./ >/tmp/log 2>&1 || { tail /tmp/log; exit 1; }
dpkg-buildpackage -us -uc -sa || exit 1
cd ..
rm -rf "eventsource-qt-$version"
if [ "$check" = yes ]; then
  echo "lintian:"
  # A package that is not meant for Debian itself has no bug of Debian to close.
  lintian --fail-on error,warning --display-info --suppress-tags initial-upload-closes-no-bugs \
    ./*.changes
fi
mkdir -p "/build/$target"
cp -- * "/build/$target"
'

# The default compiler of the release needs two minutes for the packages on two cores.
step "Build and lintian"
options="parallel=${JOBS:-$(nproc)}"
build_packages_in() {
  chroot_run --clean --source "$root" --build "$output" --set DEB_BUILD_OPTIONS="$options" "$suite" \
    bash -c "$build" build "$version" "$@" </dev/null
}
build_packages_in first . yes

# shellcheck disable=SC2016
use='
set -eu
export DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/tmp/runtime
mkdir -m 700 "$XDG_RUNTIME_DIR"
install() {
  apt-get -q -y -o Acquire::Retries=3 install --no-install-recommends "$@" >/tmp/log 2>&1 ||
    { tail /tmp/log; exit 1; }
}
fail() {
  echo "$*" >&2
  exit 1
}
# What the package manager and the programs of others write is not ours.
list() {
  find / -xdev \( -path /proc -o -path /tmp -o -path /var/cache -o -path /var/lib/dpkg -o -path /var/lib/apt \
    -o -path /var/log -o -path /build -o -path /src \) -prune -o -print | sort
}
cp -r /src/debian/tests/build-and-run /tmp
cd /tmp

echo "Programs, with nothing but what their packages depend on"
install /build/eventsource-tail_*.deb /build/libeventsource-qt0_*.deb
eventsource-tail --version
install /build/libeventsource-qt0_*.deb /build/qml6-module-eventsource*.deb /build/eventsource-dashboard_*.deb
timeout 60 eventsource-dashboard --seed 1 --screenshot /tmp/picture.png --size 1280x800
[ -s /tmp/picture.png ] || fail "The dashboard made no picture."

echo "import EventSource, with nothing but the module"
install qml-qt6
qml=/usr/lib/qt6/bin/qml
status=0
# Nothing listens on port 1, so the module reports an error, which the sample turns into 3.
timeout 60 "$qml" /src/tests/consumer/pkg_config/sample.qml -- http://127.0.0.1:1/ || status=$?
[ "$status" = 3 ] || fail "qml sample.qml returned $status."

echo "Consumer projects"
install cmake ninja-build g++ pkg-config qml-qt6
list >/tmp/before-dev
install /build/*.deb
cd /src
/tmp/build-and-run
cd /tmp
[ -s /usr/share/doc/libeventsource-qt-doc/README.md.gz ] ||
  [ -s /usr/share/doc/libeventsource-qt-doc/README.md ] || fail "The documentation is not there."

echo "Removal"
apt-get -q -y purge "libeventsource-qt*" "qml6-module-eventsource*" "eventsource-*" >/tmp/log 2>&1 ||
  { tail /tmp/log; exit 1; }
rest=$(find / -xdev \( -path /proc -o -path /tmp -o -path /build -o -path /src -o -path /var/cache -o \
  -path /var/lib/apt -o -path /root \) -prune -o -iname "*eventsource*" -print)
[ -z "$rest" ] || fail "Left behind: $rest"
! dpkg-query --show 2>/dev/null | grep -i eventsource || fail "Left behind: see above"
'
step "Install, use, remove"
chroot_run --clean --source "$root" --build "$output" "$suite" bash -c "$use" use </dev/null

if [[ $reproducible == yes ]]; then
  step "Build again in another folder"
  build_packages_in another-folder again no
  status=0
  for file in "$output"/*.deb; do
    cmp "$file" "$output/again/${file##*/}" || status=1
  done
  if ((status != 0)); then
    echo "The packages depend on the folder or the time of the build." >&2
    exit 1
  fi
  rm -rf "$output/again"
fi

step "Packages"
(cd "$output" && sha256sum -- *.deb && du -b -- *.deb)
