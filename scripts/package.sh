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
chroot_prepare "$suite" dpkg-dev lintian

step "Source"
output=$root/build/packages/$suite
rm -rf "$output"
mkdir -p "$output"
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
epoch=$(date --date "$(sed -n '/^ -- /{s/.*>  //p;q}' debian/changelog)" +%s)
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done |
  tar --create --gzip --null --files-from=- --mode=u=rwX,go=rX --mtime="@$epoch" \
    --file="$output/source.tar.gz"

# What runs in the root. /src is this checkout, /build the folder of the packages.
# shellcheck disable=SC2016
build='
set -eu
export DEBIAN_FRONTEND=noninteractive
apt="apt-get -q -y -o Acquire::Retries=3 -o DPkg::Options::=--force-unsafe-io"
version=$1 folder=$2 target=$3 check=$4
mkdir -p "/tmp/$folder" && cd "/tmp/$folder"
mkdir "eventsource-qt-$version"
cd "eventsource-qt-$version"
tar xf /build/source.tar.gz
$apt build-dep --no-install-recommends ./ >/tmp/log 2>&1 || { tail /tmp/log; exit 1; }
dpkg-buildpackage -us -uc >/build/build.log 2>&1 || { tail -n 40 /build/build.log; exit 1; }
cd ..
rm -rf "eventsource-qt-$version"
mkdir -p "/build/$target"
cp -- * "/build/$target"
if [ "$check" = yes ]; then
  echo "lintian:"
  cd "/build/$target"
  lintian --allow-root --fail-on error,warning --display-info ./*.changes
fi
'

step "Build and lintian"
options="parallel=${JOBS:-$(nproc)}"
build_packages_in() {
  chroot_run --clean --source "$root" --build "$output" --set DEB_BUILD_OPTIONS="$options" "$suite" \
    bash -c "$build" build "$version" "$@" </dev/null
}
build_packages_in first . yes

step "Install, use, remove"
chroot_run --clean --source "$root" --build "$output" "$suite" \
  bash /src/tests/consumer/use_packages.sh </dev/null

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
rm "$output/source.tar.gz"
(cd "$output" && sha256sum -- *.deb && du -b -- *.deb)
