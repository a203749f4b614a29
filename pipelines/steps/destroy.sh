#!/bin/sh
# Destroys the stack. CONFIRM has to repeat its name, so that a slip of the hand destroys nothing.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
if [ "${CONFIRM:-}" != "$PULUMI_STACK" ]; then
  echo "CONFIRM is \"${CONFIRM:-}\", and the stack is \"$PULUMI_STACK\". Write the name of the stack to confirm." >&2
  exit 2
fi
# Azure answers slowly, and by default the engine runs four operations a core at once.
export PULUMI_PARALLEL="${PULUMI_PARALLEL:-32}"
exec pulumi destroy --stack "$PULUMI_STACK" --yes --non-interactive --color never --suppress-progress
