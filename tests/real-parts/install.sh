#!/usr/bin/env bash
# install.sh: the third-party servers and clients that tests run against and with, into artifacts/real-parts/. Installs nothing on the system, and is quick when all is there.
# What cannot be had is one line on standard error; its tests skip with the reason.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)/artifacts/real-parts
clients=$here/../../scripts/clients
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
mkdir -p "$root"

# A part is there once its stamp, which is what it was made from, is; so one that was broken off is made again.
install_part() {
  local name=$1 wanted=$2 since=$SECONDS
  [ "$(cat "$root/$name.stamp" 2>/dev/null)" = "$wanted" ] && return
  rm -rf "${root:?}/$name" "$root/$name.stamp"
  mkdir -p "$root/$name"
  (set -e; "make_$name" "$root/$name") >"$logs/$name" 2>&1
  if [ $? = 0 ]; then # a subshell that is itself a condition would ignore set -e
    echo "$wanted" >"$root/$name.stamp"
    echo "$name: $(tail -n 1 "$logs/$name") ($((SECONDS - since)) s)"
  else
    rm -rf "${root:?}/$name"
    echo "$name could not be installed, its tests will skip: $(tail -n 3 "$logs/$name" | tr '\n' ' ')" >&2
  fi
}

make_debian() {
  [ "$(dpkg --print-architecture)" = amd64 ] || { echo "the packages taken are amd64's"; return 1; }
  unpacked=$(timeout 300 python3 "$here/debian-unpack.py" forky "$1" llama.cpp-tools lemonade-server)
  rm -rf "$1/debs"
  # Lemonade looks for its resources beside its program, which is the loader here.
  ln -s ../../share/lemonade-server/resources "$1/root/usr/lib/x86_64-linux-gnu/resources"
  timeout 20 "$here/servers/llama-server" --version
  timeout 20 "$here/servers/lemond" --version
  echo "$unpacked"
}

make_models() {
  node "$here/mkgguf.mjs" "$1/tiny.gguf" 1
  node "$here/mkgguf.mjs" "$1/slow.gguf" 1 4 512 endless
  echo "tiny.gguf, slow.gguf"
}

make_npm() {
  cp "$here/package.json" "$here/package-lock.json" "$1"
  cd "$1"
  timeout 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  timeout 20 node node_modules/@copilotkit/aimock/dist/cli.js --help
  timeout 20 node node_modules/mock-openai-api/dist/cli.js --version
  echo "$(grep -oE '"[^"]+": "[0-9.]+"' package.json | tr -d '"' | paste -sd ,)"
}

# scripts/clients_check.cs does the same where it runs first, and knows it by the same stamp: the lock file's hash.
make_clients() {
  cp "$clients/package.json" "$clients/package-lock.json" "$1"
  cd "$1"
  timeout 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$(grep -oE '"[^"]+": "[0-9.]+"' package.json | tr -d '"' | paste -sd ,)"
}

# Out of Debian's package of Prometheus, without what the rest of it depends on. A machine that has promtool needs none.
make_promtool() {
  if command -v promtool; then return; fi
  cd "$1"
  timeout 60 apt-get download prometheus || { timeout 60 apt-get update -qq && timeout 60 apt-get download prometheus; }
  dpkg-deb --fsys-tarfile prometheus_*.deb | tar x --strip-components=3 ./usr/bin/promtool
  rm prometheus_*.deb
  ./promtool --version | head -n 1
}

sum() { cat "$@" | sha256sum | cut -d' ' -f1; }

# The waiting is the network's, so all at once.
install_part debian "$(sum "$here/install.sh" "$here/debian-unpack.py")" &
install_part models "$(sum "$here/install.sh" "$here/mkgguf.mjs")" &
install_part npm "$(sum "$here/install.sh" "$here/package-lock.json")" &
install_part clients "$(sum "$clients/package-lock.json")" &
install_part promtool "$(sum "$here/install.sh")" &
wait
exit 0
