#!/bin/sh
# Raises the alert of a night that found drift or failed, as an issue on GitHub and as a failed run on Azure DevOps.
# Says nothing where DRIFT is false and every name=result given as an argument is a success.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
exec node "$(dirname "$0")/alert.mjs" "${REPORT_DIRECTORY:-reports}" "$@"
