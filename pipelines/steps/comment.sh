#!/bin/sh
# Puts the preview's summary on the pull request: one comment for each stack, written anew at each run.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
exec node "$(dirname "$0")/comment.mjs" "${REPORT_DIRECTORY:-reports}/preview.md"
