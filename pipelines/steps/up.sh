#!/bin/sh
# Deploys the stack with the policy pack. A violation stops it before anything is made. Where it fails, remedies.mjs adds
# what to do about errors that a service tells in words of its own. Then switches off the older versions of
# the vault's secrets that have ended, which needs the vault's data plane; KEEP_EXPIRED_VERSIONS=true leaves that out.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
printed="$(mktemp)"
trap 'rm -f "$printed"' EXIT
exec 4>&1
# The exit code of the first command of the pipe, which sh keeps to itself.
code="$({ {
  pulumi up --stack "$PULUMI_STACK" --yes --non-interactive --color never --suppress-progress \
    --policy-pack "${POLICY_PACK:-policy}" 2>&1 && echo 0 >&3 || echo $? >&3
} | tee "$printed" >&4; } 3>&1)"
if [ "$code" -ne 0 ]; then
  node "$(dirname "$0")/remedies.mjs" "$printed"
  exit "$code"
fi

if [ "${KEEP_EXPIRED_VERSIONS:-false}" != true ]; then
  npx daemon-access credentials disable-expired --stack "$PULUMI_STACK" || {
    echo "The stack is deployed. Only the versions of its secrets that have ended stay readable, for the reason above; KEEP_EXPIRED_VERSIONS=true leaves them so." >&2
    exit 1
  }
fi
