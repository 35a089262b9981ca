#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Builds the Debian packages in a clean Debian, checks them with lintian, installs them in another
# clean Debian, uses them as an application does, and removes them again.
#
#   scripts/package.sh [SUITE] [--twice]     bookworm by default
#
# --twice builds them a second time in another folder and compares the two (reproducible builds).
# The packages are in build/packages/SUITE. Needs root; ends with status 77 if a clean Debian cannot be
# made here.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/chroot.sh
source scripts/chroot.sh

suite=bookworm
twice=no
for argument in "$@"; do
  case $argument in
  --twice) twice=yes ;;
  -*)
    sed -n '5,12s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
  *) suite=$argument ;;
  esac
done
jobs=${JOBS:-$(nproc)}
result=build/packages/$suite

step() {
  printf '\n== Packages for %s: %s (%d:%02d)\n' "$suite" "$1" $((SECONDS / 60)) $((SECONDS % 60))
}

can_make_roots || exit "$not_possible"
step "Two clean systems"
# What debian/control asks for.
mapfile -t needed < <(sed -n '/^Build-Depends:/,/^[^ ]/s/^ \([a-z0-9.+-]*\).*/\1/p' debian/control)
# The compat level of debhelper is a virtual package.
needed=("${needed[@]/debhelper-compat/debhelper}")
make_root "build-$suite" "$suite" dpkg-dev fakeroot lintian "${needed[@]}" &&
  make_root "use-$suite" "$suite" "${user_packages[@]}" || {
  echo "The packages of Debian $suite cannot be installed now." >&2
  exit "$not_possible"
}

# The source as it is in the repository, with changes that are not committed yet.
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
sources=$(mktemp -d)
trap 'rm -rf "$sources"' EXIT
git ls-files -z --cached --others --exclude-standard --deduplicate |
  while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done |
  tar --create --null --files-from=- | tar --extract --directory="$sources"

# build FOLDER RESULT
build() {
  rm -rf "$2"
  mkdir -p "$2"
  # shellcheck disable=SC2016 # expanded in the root
  in_root "$chroots/build-$suite" --source "$sources" --bind "$PWD/$2" /result -- bash -c '
    set -euo pipefail
    rm -rf "$1"
    mkdir -p "$1"
    cp -a /src "$1/eventsource-qt"
    cd "$1/eventsource-qt"
    DEB_BUILD_OPTIONS="parallel=$2 terse" dpkg-buildpackage --no-sign >/result/build.log 2>&1 || {
      tail -n 30 /result/build.log
      exit 1
    }
    cd ..
    cp -- *.deb *.dsc *.tar.* *.changes *.buildinfo /result/
    cd /
    rm -rf "$1"
  ' build "$1" "$jobs"
}

step Build
build /build "$result"
if [[ $twice == yes ]]; then
  step "Build again in another folder"
  build /somewhere/else "$result-again"
  (cd "$result" && sha256sum -- *.deb *.dsc) >"$result/sha256sums"
  (cd "$result-again" && sha256sum --check --quiet ../"$suite"/sha256sums)
  rm -r "$result-again"
  echo "Both builds gave the same packages."
fi

step lintian
in_root "$chroots/build-$suite" --source "$root/$result" -- sh -c \
  'cd /src && lintian --allow-root --fail-on error,warning --info -- *.changes'

step "Install, use, remove"
# shellcheck disable=SC2016 # expanded in the root
in_root "$chroots/use-$suite" --source "$sources" --bind "$PWD/$result" /packages -- \
  bash /src/tests/consumer/use_packages.sh

step Sizes
(cd "$result" && du --apparent-size --block-size=1K -- *.deb)
echo "The packages of version $version are in $result."
