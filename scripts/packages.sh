# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# The Debian packages that building, testing and the demo need; sourced by the other scripts.
# Debian 12 is the floor; newer releases and Ubuntu 24.04 use the same names.

# shellcheck disable=SC2034 # used by the scripts that source this
build_packages=(
  g++ cmake ninja-build
  qt6-base-dev qt6-declarative-dev qt6-declarative-dev-tools
)

# What the dashboard imports, a font to draw with and OpenGL for a window.
# shellcheck disable=SC2034
demo_packages=(
  qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts
  qml6-module-qtquick-templates qml6-module-qtquick-window
  qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
  fonts-dejavu-core libgl1-mesa-dri
)

# The hub test runs nginx with nchan as a process of its own.
# shellcheck disable=SC2034
test_packages=(
  qml6-module-qttest
  nginx libnginx-mod-nchan
)

# scripts/bench.sh: a framework for small benchmarks, the peers, and a display for a window.
# shellcheck disable=SC2034
bench_packages=(libbenchmark-dev curl xvfb xauth)

# Ubuntu has this one as a snap only; without it that peer is left out.
# shellcheck disable=SC2034
optional_bench_packages=(chromium)

# What the tests of faults run beside that: certificates are made with openssl, floods packed with
# zlib, and one server is a Node program. Debian's npm brings hundreds of packages along, and a node
# from elsewhere has one of its own, so it is asked for only where there is none.
# shellcheck disable=SC2034
fault_test_packages=(openssl zlib1g-dev)
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  fault_test_packages+=(nodejs npm)
  bench_packages+=(nodejs npm)
fi

# The fuzzers; without them the rest is still tested.
# shellcheck disable=SC2034
fuzz_packages=(clang libclang-rt-14-dev)

# The layout of the sources is checked by the one version that .clang-format is written for; a
# release without it goes on without the check.
# shellcheck disable=SC2034
optional_test_packages=(clang-format-14)

is_installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Runs a command as root. Without a terminal sudo must not ask for a password.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# install_packages PACKAGE... [--optional PACKAGE...]
# Installs what is missing. A machine that has everything needs neither root nor a network.
install_packages() {
  local package optional=no
  local -a missing=() missing_optional=()

  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian, so nothing is installed. What Debian calls it:" >&2
    echo "  $*" >&2
    return 0
  fi

  for package in "$@"; do
    if [[ $package == --optional ]]; then
      optional=yes
    elif ! is_installed "$package"; then
      if [[ $optional == yes ]]; then missing_optional+=("$package"); else missing+=("$package"); fi
    fi
  done
  if ((${#missing[@]} + ${#missing_optional[@]} == 0)); then
    return 0
  fi

  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    if ((${#missing[@]} == 0)); then
      return 0
    fi
    echo "Missing packages, and neither root nor sudo to install them. As root:" >&2
    echo "  apt-get install ${missing[*]} ${missing_optional[*]}" >&2
    return 1
  fi

  echo "Installing ${missing[*]} ${missing_optional[*]}"
  local -a apt=(
    env DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3
  )
  # An old index still does if this fails; the installation tells.
  as_root "${apt[@]}" update -q || echo "apt-get update failed; going on with the old index." >&2
  for package in "${missing_optional[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      missing+=("$package")
    fi
  done
  if ((${#missing[@]} == 0)); then
    return 0
  fi

  # Nobody asked for a web server on this machine: nginx is installed, but not started.
  local policy=/usr/sbin/policy-rc.d status=0 no_service=no
  if [[ " ${missing[*]} " == *" nginx "* && ! -e $policy ]]; then
    no_service=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
  fi
  as_root "${apt[@]}" install -q -y --no-install-recommends "${missing[@]}" </dev/null || status=$?
  if [[ $no_service == yes ]]; then
    as_root rm -f "$policy"
    if ((status == 0)) && [[ -d /run/systemd/system ]]; then
      as_root systemctl disable --quiet nginx || true
    fi
  fi
  if ((status != 0)); then
    echo "These packages could not be installed: ${missing[*]}" >&2
    echo "See apt's message above; install them by hand and run this again." >&2
  fi
  return "$status"
}
