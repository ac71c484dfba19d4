#!/bin/sh
# Installs kubectl-gc, kubectl_complete-gc and gc-session-k8s, once the checksum of what was downloaded is right.
set -eu
version=@VERSION@
from=${KUBECTL_GC_URL:-@URL@}
into=${KUBECTL_GC_DIR:-}

fail() { # message, next step
  printf 'error: %s\nTry: %s\n' "$1" "$2" >&2
  exit 1
}

case $(uname -s) in
  Linux) system=linux ;;
  Darwin) system=darwin ;;
  *) fail "there is no archive for $(uname -s)" "npm install --global kubectl-gc@$version" ;;
esac
case $(uname -m) in
  x86_64 | amd64) processor=x64 ;;
  aarch64 | arm64) processor=arm64 ;;
  *) fail "there is no archive for $(uname -m)" "npm install --global kubectl-gc@$version" ;;
esac
if [ -z "$into" ]; then
  if [ -w /usr/local/bin ]; then into=/usr/local/bin; else into=$HOME/.local/bin; fi
fi
mkdir -p "$into" 2>/dev/null && [ -w "$into" ] ||
  fail "cannot write to $into" "KUBECTL_GC_DIR=DIR with a folder on PATH that you may write to"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fetch() { # file
  if command -v curl >/dev/null; then
    curl -fsSL --retry 3 -o "$folder/$1" "$from/$1"
  elif command -v wget >/dev/null; then
    wget -q -O "$folder/$1" "$from/$1"
  else
    fail "neither curl nor wget is installed" "download $from/$1 and unpack it into a folder on PATH"
  fi || fail "cannot download $from/$1" "the same again, or another KUBECTL_GC_URL"
}

archive=kubectl-gc-$version-$system-$processor.tar.gz
fetch SHA256SUMS
fetch "$archive"
if command -v sha256sum >/dev/null; then
  sum=$(sha256sum "$folder/$archive")
else
  sum=$(shasum -a 256 "$folder/$archive")
fi
grep -qxF "${sum%% *}  $archive" "$folder/SHA256SUMS" ||
  fail "$archive is not what SHA256SUMS says; nothing was installed" "the same again; if it stays so, tell us"

mkdir "$folder/unpacked"
tar -xzf "$folder/$archive" -C "$folder/unpacked"
for program in kubectl-gc kubectl_complete-gc gc-session-k8s; do
  chmod 755 "$folder/unpacked/$program"
  cp "$folder/unpacked/$program" "$into/.$program.new"
  mv -f "$into/.$program.new" "$into/$program" # a program that runs goes on with its own file
  echo "$into/$program"
done
case ":$PATH:" in
  *":$into:"*) ;;
  *) printf '%s\n' "$into is not on PATH: add it, so that kubectl finds kubectl-gc" >&2 ;;
esac
