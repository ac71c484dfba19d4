#!/bin/sh
# Installs kubectl-gc, kubectl_complete-gc and gc-session-k8s, once the checksum of what was downloaded is right.
set -eu
version=@VERSION@
from=${KUBECTL_GC_URL:-@URL@}
into=${KUBECTL_GC_DIR:-}

main() {
  system=$(system_name)
  processor=$(processor_name)
  archive=kubectl-gc-$version-$system-$processor.tar.gz
  choose_folder
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  fetch SHA256SUMS
  fetch "$archive"
  grep -qxF "$(sum_of "$folder/$archive")  $archive" "$folder/SHA256SUMS" ||
    fail "$archive is not what SHA256SUMS says; nothing was installed" "the same again; if it stays so, tell us"
  mkdir "$folder/unpacked"
  tar -xzf "$folder/$archive" -C "$folder/unpacked"
  for program in kubectl-gc kubectl_complete-gc gc-session-k8s; do
    cp "$folder/unpacked/$program" "$into/.$program.new"
    chmod 755 "$into/.$program.new"
    mv -f "$into/.$program.new" "$into/$program" # a program that runs goes on with its own file
    echo "$into/$program"
  done
  case ":$PATH:" in
    *":$into:"*) ;;
    *) printf '%s\n' "$into is not on PATH: add it, so that kubectl finds kubectl-gc" >&2 ;;
  esac
}

fail() { # message, next step
  printf 'error: %s\nTry: %s\n' "$1" "$2" >&2
  exit 1
}

system_name() {
  case $(uname -s) in
    Linux) echo linux ;;
    Darwin) echo darwin ;;
    *) fail "there is no archive for $(uname -s)" "npm install --global kubectl-gc@$version" ;;
  esac
}

processor_name() {
  case $(uname -m) in
    x86_64 | amd64) echo x64 ;;
    aarch64 | arm64) echo arm64 ;;
    *) fail "there is no archive for $(uname -m)" "npm install --global kubectl-gc@$version" ;;
  esac
}

choose_folder() {
  if [ -z "$into" ]; then
    if [ -w /usr/local/bin ]; then into=/usr/local/bin; else into=$HOME/.local/bin; fi
  fi
  { mkdir -p "$into" && [ -w "$into" ]; } 2>/dev/null ||
    fail "cannot write to $into" "KUBECTL_GC_DIR=DIR with a folder on PATH that you may write to"
}

fetch() { # file
  if command -v curl >/dev/null; then
    curl -fsSL --retry 3 -o "$folder/$1" "$from/$1"
  elif command -v wget >/dev/null; then
    wget -q -O "$folder/$1" "$from/$1"
  else
    fail "neither curl nor wget is installed" "download $from/$1 and unpack it into a folder on PATH"
  fi || fail "cannot download $from/$1" "the same again, or another KUBECTL_GC_URL"
}

sum_of() { # file
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

main # at the end, so that half a download of this script does nothing
