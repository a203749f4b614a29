#!/bin/sh
# Previews the stack with the policy pack. Leaves preview.md and preview.json in REPORT_DIRECTORY, and fails as the check
# does. Arguments go on to it.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
directory="${REPORT_DIRECTORY:-reports}"
mkdir -p "$directory"

code=0
npx daemon-access review --stack "$PULUMI_STACK" \
  --markdown-file "$directory/preview.md" --json-file "$directory/preview.json" "$@" > /dev/null || code=$?

if [ ! -s "$directory/preview.md" ]; then
  printf '### Preview of %s failed\n\nIt ended with code %s before there was a summary. The log of the step has the error.\n' \
    "$PULUMI_STACK" "$code" > "$directory/preview.md"
  [ "$code" -ne 0 ] || code=1
fi
sh "$(dirname "$0")/show-summary.sh" "$directory/preview.md"
exit "$code"
