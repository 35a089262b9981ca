#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Checks what needs no build. CI and the hooks of pre-commit run this script.
#
#   scripts/lint.sh            all checks
#   scripts/lint.sh CHECK...   only these: format, rooms, spelling, licences, scripts
#
# A check whose tool is not installed is skipped with a message.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

checks=("$@")
if ((${#checks[@]} == 0)); then
  checks=(format rooms spelling licences scripts)
fi

# has TOOL: is it installed? Says so if it is not.
has() {
  if ! command -v "$1" >/dev/null; then
    echo "skipped: $1 is not installed" >&2
    return 1
  fi
}

check_format() {
  local status=0
  scripts/format.sh --check || status=$?
  ((status == 77)) || return "$status"
}

check_rooms() {
  scripts/include-graph.sh --check
}

# What is skipped and which words are allowed is in .codespellrc.
check_spelling() {
  has codespell || return 0
  codespell
}

# Reads the list of files from git, so that build folders do not matter.
check_licences() {
  has reuse || return 0
  if ! git rev-parse --git-dir >/dev/null 2>&1; then
    echo "skipped: this folder is not under git" >&2
    return 0
  fi
  local report
  if ! report=$(reuse lint 2>&1); then
    printf '%s\n' "$report" >&2
    return 1
  fi
}

check_scripts() {
  has shellcheck || return 0
  find .ci demo scripts \( -name '*.sh' -o -path '.ci/run' \) -print0 | xargs -0 shellcheck -x
}

failed=()
for check in "${checks[@]}"; do
  if [[ $(type -t "check_$check") != function ]]; then
    sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
  fi
  echo "-- $check"
  "check_$check" || failed+=("$check")
done
if ((${#failed[@]} > 0)); then
  echo "Failed: ${failed[*]}" >&2
  exit 1
fi
