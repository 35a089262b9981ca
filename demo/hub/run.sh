#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
# SPDX-License-Identifier: BSD-3-Clause

# Starts a hub on this machine: nginx with its module nchan, and a publisher of sample events. Many
# dashboards watch one channel, and a viewer that comes back gets what it missed. Needs no root.
#
#   demo/hub/run.sh [OPTION...]
#
#   --port N           the hub's port; 0 takes a free one (8090)
#   --listen ADDRESS   take viewers at this address of the machine too, such as 0.0.0.0 for all of
#                      them; without it only programs on this machine reach the hub
#   --no-publisher     publish no sample events
#   -h, --help         show this text
#
# Ctrl+C ends it. Exit codes: 0 help, 1 failure, 2 wrong command line, 128 + the signal's number.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf 'run.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

port=8090
address=
publisher=yes
while (($# > 0)); do
  case $1 in
  -h | --help)
    sed -n '5,17s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
  --port | --listen)
    (($# > 1)) || fail "$1 needs a value. Try --help." 2
    if [[ $1 == --port ]]; then port=$2; else address=$2; fi
    shift 2
    ;;
  --no-publisher)
    publisher=no
    shift
    ;;
  *) fail "\"$1\" is not understood. Try --help." 2 ;;
  esac
done
if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((10#$port > 65535)); then
  fail "--port: \"$port\" is not a port from 0 to 65535." 2
fi
port=$((10#$port))
if [[ -n $address && ! $address =~ ^([0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$ ]]; then
  fail "--listen: \"$address\" is not an IP address." 2
fi

# nginx is not in the path of ordinary users.
missing=()
nginx=$(PATH=$PATH:/usr/sbin:/usr/local/sbin:/sbin type -P nginx) || missing+=(nginx)
module=
for folder in /usr/lib/nginx/modules /usr/lib64/nginx/modules /usr/share/nginx/modules \
  /usr/local/libexec/nginx; do
  if [[ -e $folder/ngx_nchan_module.so ]]; then
    module=$folder/ngx_nchan_module.so
    break
  fi
done
[[ -n $module ]] || missing+=(libnginx-mod-nchan)
type -P curl >/dev/null || missing+=(curl)
if ((${#missing[@]} > 0)); then
  fail "These packages are missing: ${missing[*]}. On Debian and Ubuntu, as root:
  apt-get install ${missing[*]}"
fi

# Every viewer is an open file of nginx.
files=$(ulimit -Hn)
if [[ $files == unlimited ]] || ((files > 20000)); then
  files=20000
fi
ulimit -Sn "$files"

folder=$(mktemp -d "${TMPDIR:-/tmp}/eventsource-hub.XXXXXX")
nginx_pid=
publisher_pid=
# Something to wait at without a child process.
exec {never}<> <(:)

# shellcheck disable=SC2317 # the trap runs it
cleanup() {
  # The publisher first, which would complain that nginx is gone. A process that has only just been
  # started may miss a signal.
  local pid
  for pid in $publisher_pid $nginx_pid; do
    while kill "$pid" 2>/dev/null; do
      read -r -t 0.02 -u "$never" || true
    done
  done
  rm -rf "$folder"
}
trap cleanup EXIT
# A trap that ends the script within wait makes bash lose its children.
stopped=
trap 'stopped=129' HUP
trap 'stopped=130' INT
trap 'stopped=143' TERM

# Waits a while, and ends the script if it was stopped.
pause() {
  [[ -z $stopped ]] || exit "$stopped"
  read -r -t 0.1 -u "$never" || true
  [[ -z $stopped ]] || exit "$stopped"
}

# Also a kill -9 of this script ends nginx, where setpriv is new enough.
with_parent=()
if setpriv --pdeathsig TERM true 2>/dev/null; then
  with_parent=(setpriv --pdeathsig TERM)
fi

# write_configuration PORT
write_configuration() {
  local text listen="listen 127.0.0.1:$1;" user=
  case $address in
  "" | 127.0.0.1) ;;
  0.0.0.0) listen="listen $1;" ;;
  *:*) listen+=" listen [$address]:$1;" ;;
  *) listen+=" listen $address:$1;" ;;
  esac
  # Started by root, the worker must not stay root.
  if ((EUID == 0)); then
    user="user nobody $(id -gn nobody);"
  fi
  text=$(<"$here/nginx.conf.in")
  text=${text//@MODULE@/$module}
  text=${text//@USER@/$user}
  text=${text//@CONNECTIONS@/$((files - 100))}
  text=${text//@LISTEN@/$listen}
  text=${text//@NAME@/${folder##*/}}
  printf '%s\n' "$text" >"$folder/nginx.conf"
}

# start_nginx PORT: 0 when it answers. Otherwise nginx has ended, and its log says why.
start_nginx() {
  write_configuration "$1"
  "${with_parent[@]}" "$nginx" -p "$folder" -c nginx.conf -e stderr 2>"$folder/log" &
  nginx_pid=$!
  while kill -0 "$nginx_pid" 2>/dev/null; do
    if [[ $(curl --noproxy '*' -s -m 2 "http://127.0.0.1:$1/name") == "${folder##*/}" ]]; then
      return 0
    fi
    pause
  done
  wait "$nginx_pid" || true
  nginx_pid=
  return 1
}

if ((port != 0)); then
  start_nginx "$port" || fail "nginx does not start: $(<"$folder/log")"
else
  # Below the ports that the system gives to outgoing connections.
  for _ in {1..20}; do
    port=$((15000 + RANDOM % 15000))
    if start_nginx "$port"; then
      break
    fi
    grep -q 'Address already in use' "$folder/log" \
      || fail "nginx does not start: $(<"$folder/log")"
  done
  [[ -n $nginx_pid ]] || fail "no port is free: $(<"$folder/log")"
fi
hub=http://127.0.0.1:$port

# The channel is never empty: see nginx.conf.in. The first attempts may come before nginx listens.
curl --noproxy '*' -sS --fail -o "$folder/answer" --retry 3 --retry-all-errors \
  -H 'X-EventSource-Event: hub' -d '{"state":"started"}' "$hub/publish" \
  2>"$folder/curl" || fail "the first event cannot be published: $(<"$folder/curl")"

if [[ $publisher == yes ]]; then
  "$here/publish.sh" "$hub/publish" &
  publisher_pid=$!
  pause # until it runs: bash complains if it ends a process that it has not quite started
fi

if [[ -n $address && $address != 127.* && $address != ::1 ]]; then
  printf '%s\n' >&2 \
    "WARNING: The hub is not protected. Everyone who reaches port $port of this machine at $address" \
    "reads the stream: there is no password and no encryption. Publishing works only on this machine."
fi
printf '%s\n' "The hub is ready: $hub/events" \
  "  eventsource-dashboard --url $hub/events" \
  "  eventsource-tail $hub/events" \
  "Publish an event:" \
  "  curl -H 'X-EventSource-Event: alert' -d '{\"host\":\"web-1\",\"cpu\":97}' $hub/publish" \
  "How many viewers there are:" \
  "  curl $hub/status" \
  "Ctrl+C ends the hub."

while kill -0 "$nginx_pid" 2>/dev/null; do
  if [[ -n $publisher_pid ]] && ! kill -0 "$publisher_pid" 2>/dev/null; then
    status=0
    wait "$publisher_pid" || status=$?
    fail "the publisher has ended with code $status."
  fi
  pause
done
status=0
wait "$nginx_pid" || status=$?
fail "nginx has ended with code $status: $(<"$folder/log")"
