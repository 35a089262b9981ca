# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# A Debian of another release in a folder, for building and testing. The other scripts source this file.
#
#   chroot_prepare SUITE [PACKAGE...]         makes the root of "trixie", "sid" etc. and installs packages
#   chroot_run [OPTION...] SUITE COMMAND...   runs a command in it
#       --source DIR   DIR is /src in the root, read-only
#       --build DIR    DIR is /build in the root; it is created if necessary
#       --clean        what the command changes in the root is dropped afterwards
#       --set X=Y      an environment variable of the command
#
# The roots are kept under EVENTSOURCE_CHROOTS (default /var/tmp/eventsource-chroots) and updated once
# a day. They come from the Debian mirror in this machine's apt configuration. chroot_prepare returns
# 77, after a message, if this machine cannot make a root: without root rights, debootstrap, the right
# to mount, or the mirror. So a caller can skip a step. chroot_run returns what the command returned.

chroot_folder() {
  printf '%s/%s\n' "${EVENTSOURCE_CHROOTS:-/var/tmp/eventsource-chroots}" "$1"
}

chroot_skip() {
  echo "SKIPPED: no Debian root can be made: $*" >&2
  return 77
}

# shellcheck disable=SC2016 # apt expands the names
# The first Debian archive in apt's configuration, but not the one of security updates.
chroot_mirror() {
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

chroot_apt() {
  local suite=$1
  shift
  chroot_run --set DEBIAN_FRONTEND=noninteractive "$suite" \
    apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@" </dev/null
}

# The kinds of mounts that chroot_run makes.
# shellcheck disable=SC2016 # expanded by the inner shell
chroot_can_mount() {
  local scratch status=0
  scratch=$(mktemp -d "$1/mounts.XXXXXX")
  unshare --mount --propagation private sh -c '
    set -e
    cd "$1"
    mkdir lower upper work root
    mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none root
    mkdir root/proc root/dev root/src
    mount -t proc proc root/proc
    mount --rbind /dev root/dev
    mount --bind lower root/src
    mount -o remount,bind,ro root/src' sh "$scratch" || status=$?
  rm -rf --one-file-system "$scratch"
  return "$status"
}

chroot_prepare() {
  local suite=$1
  shift
  local folder
  folder=$(chroot_folder "$suite")
  if ((EUID != 0)); then
    chroot_skip "this needs root"
    return
  fi
  if ! command -v debootstrap >/dev/null; then
    chroot_skip "debootstrap is not installed"
    return
  fi
  mkdir -p "${folder%/*}"
  if ! chroot_can_mount "${folder%/*}" 2>/dev/null; then
    chroot_skip "this machine does not permit the mounts (a container without CAP_SYS_ADMIN?)"
    return
  fi
  # Another script may be making the same root.
  local lock status=0
  exec {lock}>"$folder.lock"
  flock "$lock"
  chroot_prepare_locked "$suite" "$folder" "$@" || status=$?
  exec {lock}>&-
  return "$status"
}

chroot_prepare_locked() {
  local suite=$1 folder=$2 file mirror
  shift 2
  local log=$folder.log
  # What interrupted commands left, see --clean.
  find "${folder%/*}" -mindepth 1 -maxdepth 1 -name "$suite.??????" -mmin +1440 \
    -exec rm -rf --one-file-system {} +
  if [[ ! -e $folder/.ready ]]; then
    mirror=$(chroot_mirror)
    if [[ -z $mirror ]]; then
      chroot_skip "apt's configuration names no Debian mirror, or apt-get update has not been run"
      return
    fi
    rm -rf --one-file-system "$folder"
    mkdir -p "$folder"
    if ! debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
      "$suite" "$folder" "$mirror" >"$log" 2>&1; then
      tail -n 5 "$log" >&2
      chroot_skip "debootstrap of $suite failed; see $log"
      return
    fi
    # How this machine reaches its mirror: proxies, and what its mirror needs to be accepted.
    for file in /etc/apt/apt.conf.d/*; do
      if grep -q '^[[:space:]]*Acquire' "$file" && ! grep -q IndexTargets "$file"; then
        cp "$file" "$folder/etc/apt/apt.conf.d/"
      fi
    done
    for file in /etc/hosts /etc/resolv.conf; do
      if [[ -e $file ]]; then
        cp --dereference --remove-destination "$file" "$folder$file"
      fi
    done
    # Packages are installed, but no service is started.
    printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
    chmod +x "$folder/usr/sbin/policy-rc.d"
    touch "$folder/.ready"
  fi

  if [[ -z $(find "$folder/.updated" -mmin -1440 2>/dev/null) ]]; then
    if ! chroot_apt "$suite" update >"$log" 2>&1 || ! chroot_apt "$suite" dist-upgrade >>"$log" 2>&1; then
      tail -n 5 "$log" >&2
      chroot_skip "apt cannot update $suite; see $log"
      return
    fi
    touch "$folder/.updated"
  fi
  if (($# > 0)); then
    if ! chroot_apt "$suite" install --no-install-recommends "$@" >"$log" 2>&1; then
      tail -n 5 "$log" >&2
      chroot_skip "apt cannot install the packages in $suite; see $log"
      return
    fi
    chroot_run "$suite" apt-get clean
  fi
}

chroot_run() {
  local source='' build='' clean='' name status=0
  local -a environment=()
  while [[ $1 == --* ]]; do
    case $1 in
    --source) source=$(realpath "$2") && shift ;;
    --build) mkdir -p "$2" && build=$(realpath "$2") && shift ;;
    --set) environment+=("$2") && shift ;;
    --clean) clean=yes ;;
    *)
      echo "chroot_run: unknown option $1" >&2
      return 2
      ;;
    esac
    shift
  done
  local folder scratch=''
  folder=$(chroot_folder "$1")
  shift
  for name in http_proxy https_proxy no_proxy; do
    if [[ -n ${!name:-} ]]; then
      environment+=("$name=${!name}")
    fi
  done
  if [[ -n $clean ]]; then
    scratch=$(mktemp -d "$folder.XXXXXX")
    mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
  fi

  # The mounts are in a namespace of their own, so they are gone when the command has ended.
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount --propagation private bash -c '
    set -e
    folder=$1 scratch=$2 source=$3 build=$4
    shift 4
    if [[ -n $scratch ]]; then
      mount -t overlay -o "lowerdir=$folder,upperdir=$scratch/upper,workdir=$scratch/work" \
        none "$scratch/root"
      folder=$scratch/root
    fi
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    if [[ -n $source ]]; then
      mkdir -p "$folder/src"
      mount --bind "$source" "$folder/src"
      mount -o remount,bind,ro "$folder/src"
    fi
    if [[ -n $build ]]; then
      mkdir -p "$folder/build"
      mount --bind "$build" "$folder/build"
    fi
    exec chroot "$folder" /usr/bin/env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  ' chroot_run "$folder" "$scratch" "$source" "$build" "${environment[@]}" "$@" || status=$?

  if [[ -n $scratch ]]; then
    rm -rf --one-file-system "$scratch"
  fi
  return "$status"
}
