#!/bin/sh
# Installs the Pulumi engine and its language hosts in the version of the SDK, and puts them on the PATH of later steps.
set -eu

root="${PULUMI_ROOT:-$HOME/.pulumi/pipeline}"
node "$(dirname "$0")/install-engine.mjs" "$root"

if [ -n "${GITHUB_PATH:-}" ]; then
  echo "$root/bin" >> "$GITHUB_PATH"
fi
if [ -n "${TF_BUILD:-}" ]; then
  echo "##vso[task.prependpath]$root/bin"
fi
