#!/bin/sh
# Looks, before anything is made, for what the job's identity lacks and what stands in the way. Arguments go on to doctor.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
exec npx daemon-access doctor --stack "$PULUMI_STACK" "$@"
