#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Publishes sample events of a small fleet of computers twice a second until it is ended: "metrics"
# of each host, "alert" and "deployment". They are numbered by the field n, so that a viewer sees
# whether one is missing.
#
#   demo/hub/publish.sh URL
set -euo pipefail
export LC_ALL=C
if (($# != 1)); then
  echo "Usage: publish.sh URL, such as http://127.0.0.1:8090/publish" >&2
  exit 2
fi
url=$1

# In tenths of a percent.
hosts=(web-1 web-2 api-1 api-2 db-1 cache-1)
services=(storefront storefront orders orders postgres redis)
usual=(380 420 550 500 300 180)
cpu=("${usual[@]}")
surge=(0 0 0 0 0 0) # for how many ticks the load stays high
alerting=(0 0 0 0 0 0)
authors=(Amina Jonas Mei Tomás)

n=0
build=0
now=0 # ms
request=()

# event TYPE FIELDS
event() {
  ((${#request[@]} == 0)) || request+=(--next)
  n=$((n + 1))
  request+=(
    --fail --max-time 10 --retry 3 --retry-all-errors --output /dev/null
    --header "X-EventSource-Event: $1" --header "Content-Type: application/json"
    --data-raw "{\"n\":$n,$2,\"time\":$now}" "$url"
  )
}

tenths() {
  printf -v "$1" '%d.%d' $(($2 / 10)) $(($2 % 10))
}

move_host() {
  local i=$1 target percent memory
  if ((surge[i] > 0)); then
    surge[i]=$((surge[i] - 1))
  elif ((RANDOM % 150 == 0)); then
    surge[i]=$((14 + RANDOM % 20))
  fi
  target=$((surge[i] > 0 ? 960 : usual[i]))
  cpu[i]=$((cpu[i] + (target - cpu[i]) / 5 + RANDOM % 101 - 50))
  cpu[i]=$((cpu[i] < 20 ? 20 : cpu[i] > 1000 ? 1000 : cpu[i]))

  tenths percent "${cpu[i]}"
  tenths memory $((300 + cpu[i] / 2 + RANDOM % 10))
  event metrics "\"host\":\"${hosts[i]}\",\"service\":\"${services[i]}\",\"cpu\":$percent,\"memory\":$memory,\"requests\":$((cpu[i] * 9 / 10))"

  # Two thresholds, so that a load close to one of them does not raise an alert at every tick.
  if ((alerting[i] == 0 && cpu[i] > 880)); then
    alerting[i]=1
    event alert "\"host\":\"${hosts[i]}\",\"resolved\":false,\"cpu\":$percent"
  elif ((alerting[i] == 1 && cpu[i] < 750)); then
    alerting[i]=0
    event alert "\"host\":\"${hosts[i]}\",\"resolved\":true,\"cpu\":$percent"
  fi
}

deployment() {
  local succeeded=true
  build=$((build + 1))
  ((RANDOM % 6 != 0)) || succeeded=false
  event deployment "\"service\":\"${services[RANDOM % 6]}\",\"version\":\"1.$build\",\"author\":\"${authors[RANDOM % 4]}\",\"succeeded\":$succeeded"
}

# shellcheck disable=SC2317 # the trap runs it
end_curl() {
  local pid
  # A variable would be set too late for a signal just after the start.
  for pid in $(jobs -pr); do
    kill "$pid" 2>/dev/null || true
  done
}
trap end_curl EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Something to wait at without a child process.
exec {never}<> <(:)

for ((tick = 0; ; ++tick)); do
  now=${EPOCHREALTIME/./}
  now=${now:0:-3}
  request=()
  for i in "${!hosts[@]}"; do
    move_host "$i"
  done
  ((tick % 20 != 3)) || deployment
  # One curl for all events, one after the other on one connection. The options in front are for all.
  curl --noproxy '*' --silent --show-error --fail-early "${request[@]}" &
  wait $!
  read -r -t 0.5 -u "$never" || true
done
