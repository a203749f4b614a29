#!/bin/sh
# Deploys the stack with the policy pack. A violation stops it before anything is made.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
exec pulumi up --stack "$PULUMI_STACK" --yes --non-interactive --color never --suppress-progress \
  --policy-pack "${POLICY_PACK:-policy}"
