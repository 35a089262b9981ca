# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Folders with a Debian of another release, in which the project is built, tested and packaged. The other
# scripts source this file. Needs root, debootstrap, and permission to mount.
#
# The folders are kept under EVENTSOURCE_CHROOTS, so that only the first run installs packages.

chroots=${EVENTSOURCE_CHROOTS:-/var/tmp/eventsource-chroots}

# The status of a script that cannot do its work here, as for skipped tests in CTest and Automake.
# shellcheck disable=SC2034 # used by the scripts that source this
not_possible=77

# The address of the Debian mirror that this machine uses.
debian_mirror() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -e $file ]] && awk '/^URIs:/ {print $2; exit}' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -e $file ]] && sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' "$file"
  done
}

# can_make_roots: says what is missing.
can_make_roots() {
  if ((EUID != 0)); then
    echo "A Debian of another release needs root." >&2
    return 1
  fi
  if ! command -v debootstrap >/dev/null; then
    install_packages debootstrap || return 1
  fi
  if ! unshare --mount --propagation private true 2>/dev/null; then
    echo "A Debian of another release needs the permission to mount folders." >&2
    return 1
  fi
}

# in_root ROOT [--source FOLDER] [--bind FOLDER PLACE]... [--] COMMAND...
# Runs a command in a root. The source is read-only at /src. Nothing stays mounted.
in_root() {
  local root=$1
  shift
  local -a mounts=()
  while [[ ${1:-} == --* ]]; do
    case $1 in
    --source)
      mounts+=("$2" /src ro)
      shift 2
      ;;
    --bind)
      mounts+=("$2" "$3" rw)
      shift 3
      ;;
    --)
      shift
      break
      ;;
    esac
  done
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount --pid --fork --kill-child --propagation private bash -c '
    set -euo pipefail
    root=$1 count=$2
    shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    for ((i = 0; i < count; ++i)); do
      mkdir -p "$root$2"
      mount --bind "$1" "$root$2"
      [[ $3 != ro ]] || mount -o remount,bind,ro "$root$2"
      shift 3
    done
    exec chroot "$root" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 TERM=dumb QT_QPA_PLATFORM=offscreen \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      XDG_RUNTIME_DIR=/tmp DEBIAN_FRONTEND=noninteractive "$@"
  ' in_root "$root" $((${#mounts[@]} / 3)) "${mounts[@]}" "$@"
}

# make_root NAME SUITE PACKAGE...
# Creates the root of that name, or adds packages that it lacks.
make_root() {
  local name=$1 suite=$2 root mirror file
  shift 2
  root=$chroots/$name
  if [[ ! -e $root/.complete ]]; then
    mirror=$(debian_mirror | head -n 1)
    if [[ -z $mirror ]]; then
      echo "No mirror of Debian was found under /etc/apt." >&2
      return 1
    fi
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
      "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
      tail -n 5 "$root.log" >&2
      return 1
    }
    cp /etc/hosts "$root/etc/hosts"
    # How apt reaches the mirror here: proxies, certificates.
    for file in /etc/apt/apt.conf.d/*; do
      if grep -qiE 'acquire::' "$file"; then
        cp "$file" "$root/etc/apt/apt.conf.d/"
      fi
    done
    # Installed services are not started.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    touch "$root/.complete"
  fi
  if in_root "$root" dpkg-query --show "$@" >/dev/null 2>&1; then
    return 0
  fi
  in_root "$root" sh -c 'apt-get update -q && apt-get install -q -y --no-install-recommends "$@" &&
    apt-get clean' install "$@" >"$root.log" 2>&1 </dev/null || {
    tail -n 5 "$root.log" >&2
    return 1
  }
}
