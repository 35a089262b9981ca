# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# The Debian packages that the build, the tests and the demo need. The other scripts source this file.
# Debian 12 is the minimum. Newer releases and Ubuntu 24.04 use the same names.

# shellcheck disable=SC2034 # used by the scripts that source this
build_packages=(
  g++ cmake ninja-build
  qt6-base-dev qt6-declarative-dev qt6-declarative-dev-tools
  zlib1g-dev
)

# The QML modules that the dashboard imports, a font, and OpenGL for a window.
# shellcheck disable=SC2034
demo_packages=(
  qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts
  qml6-module-qtquick-templates qml6-module-qtquick-window
  qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
  fonts-dejavu-core libgl1-mesa-dri
)

# The tests of hubs run nginx with nchan as a separate process. demo/hub also needs curl. Qt's
# LinguistTools are for the catalogues in translations/, which a build can do without.
# shellcheck disable=SC2034
test_packages=(
  qml6-module-qttest
  qt6-tools-dev qt6-l10n-tools
  nginx libnginx-mod-nchan curl
)

# For scripts/bench.sh: a framework for small benchmarks, other clients, openssl for a certificate, and a
# virtual display.
# shellcheck disable=SC2034
bench_packages=(libbenchmark-dev curl openssl xvfb xauth)

# Ubuntu has Chromium only as a snap. Without the package this client is left out.
# shellcheck disable=SC2034
optional_bench_packages=(chromium)

# The tests of faults also need openssl to create certificates, and Node for one server. Debian's npm
# depends on hundreds of packages, and a Node from another source includes npm, so the packages are
# installed only if a command is missing.
# shellcheck disable=SC2034
fault_test_packages=(openssl)
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  fault_test_packages+=(nodejs npm)
  bench_packages+=(nodejs npm)
fi

# For the fuzzers. Without these packages all other tests still run.
# shellcheck disable=SC2034
fuzz_packages=(clang libclang-rt-14-dev)

# For the roots of other releases of Debian. Without it the tests against their Qt are skipped.
# shellcheck disable=SC2034
chroot_packages=(debootstrap)

# The documentation: qdoc, qhelpgenerator for the help of Qt Creator, and pandoc, which makes pages from
# Markdown. Without qdoc the documentation is not built, and its test is skipped.
# shellcheck disable=SC2034
docs_packages=(qt6-documentation-tools qt6-tools-dev-tools pandoc)

# The format of the sources is checked with the version that .clang-format is written for. On a
# release without this version the check is skipped. The others are for scripts/lint.sh.
# shellcheck disable=SC2034
optional_test_packages=(clang-format-14 codespell reuse shellcheck "${docs_packages[@]}")

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
# Installs the missing packages. If none is missing, this needs neither root nor a network.
install_packages() {
  local package optional=no
  local -a missing=() missing_optional=()

  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian, so nothing is installed. The names of the packages in Debian are:" >&2
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
    echo "Packages are missing, and installing them needs root or sudo. Run as root:" >&2
    echo "  apt-get install ${missing[*]} ${missing_optional[*]}" >&2
    return 1
  fi

  echo "Installing ${missing[*]} ${missing_optional[*]}"
  local -a apt=(
    env DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3
  )
  # If this fails, the old index may still be usable. The installation fails if it is not.
  as_root "${apt[@]}" update -q || echo "apt-get update failed; the old index is used." >&2
  for package in "${missing_optional[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      missing+=("$package")
    fi
  done
  if ((${#missing[@]} == 0)); then
    return 0
  fi

  # The machine should not become a web server: nginx is installed, but not started.
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
    echo "See the message of apt above. Install the packages yourself and run this script again." >&2
  fi
  return "$status"
}
