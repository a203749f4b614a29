#!/bin/sh
# Deploys the stack with the policy pack, configured by policy-config.<stack>.json or else policy-config.json, where one is
# committed beside Pulumi.yaml. A violation stops it before anything is made. Where it fails, remedies.mjs adds
# what to do about errors that a service tells in words of its own. Then switches off the older versions of
# the vault's secrets that have ended, which needs the vault's data plane; KEEP_EXPIRED_VERSIONS=true leaves that out.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"

# Azure answers slowly, and by default the engine runs four operations a core at once.
export PULUMI_PARALLEL="${PULUMI_PARALLEL:-32}"
policy_config="policy-config.${PULUMI_STACK##*/}.json"
[ -f "$policy_config" ] || policy_config=policy-config.json
if [ -f "$policy_config" ]; then
  # Another pack's rules are that pack's to check.
  [ -n "${POLICY_PACK:-}" ] || npx daemon-access policies --stack "$PULUMI_STACK"
  set -- --policy-pack-config "$policy_config"
else
  set --
fi

printed="$(mktemp)"
trap 'rm -f "$printed"' EXIT
exec 4>&1
# The exit code of the first command of the pipe, which sh keeps to itself.
code="$({ {
  pulumi up --stack "$PULUMI_STACK" --yes --non-interactive --color never --suppress-progress \
    --policy-pack "${POLICY_PACK:-policy}" "$@" 2>&1 && echo 0 >&3 || echo $? >&3
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
