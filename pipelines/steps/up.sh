#!/bin/sh
# Deploys the stack with the policy pack. A violation stops it before anything is made. Then switches off the older versions of
# the vault's secrets that have ended, which needs the vault's data plane; KEEP_EXPIRED_VERSIONS=true leaves that out.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
pulumi up --stack "$PULUMI_STACK" --yes --non-interactive --color never --suppress-progress \
  --policy-pack "${POLICY_PACK:-policy}"

if [ "${KEEP_EXPIRED_VERSIONS:-false}" != true ]; then
  npm run --silent credentials -- disable-expired --stack "$PULUMI_STACK" || {
    echo "The stack is deployed. Only the versions of its secrets that have ended stay readable, for the reason above; KEEP_EXPIRED_VERSIONS=true leaves them so." >&2
    exit 1
  }
fi
