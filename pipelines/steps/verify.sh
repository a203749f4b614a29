#!/bin/sh
# Makes the daemons' own calls with the credentials in Key Vault. Leaves verify.json in REPORT_DIRECTORY, and fails where a call did.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
directory="${REPORT_DIRECTORY:-reports}"
mkdir -p "$directory"

code=0
npx daemon-access verify --stack "$PULUMI_STACK" --wait "${VERIFY_WAIT_SECONDS:-300}" --json \
  > "$directory/verify.json" || code=$?
node "$(dirname "$0")/verify-summary.mjs" "$directory/verify.json" > "$directory/verify.md"
sh "$(dirname "$0")/show-summary.sh" "$directory/verify.md"
exit "$code"
