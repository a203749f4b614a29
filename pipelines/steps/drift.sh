#!/bin/sh
# Compares Azure with the state, and changes neither. Leaves drift.md and drift.json in REPORT_DIRECTORY, and tells the
# jobs after it `drift=true` or `drift=false`. Ends with 0 in both cases; any other code is a comparison that failed.
set -eu

: "${PULUMI_STACK:?is not set. Set it to the name of the stack, for example dev}"
steps=$(dirname "$0")
directory="${REPORT_DIRECTORY:-reports}"
mkdir -p "$directory"

# Azure answers slowly, and by default the engine runs four operations a core at once.
export PULUMI_PARALLEL="${PULUMI_PARALLEL:-32}"

# What the engine prints holds whole resources, so it goes through the summary and never to a file of its own.
engine_code="$directory/engine-code"
drift=$(
  {
    code=0
    pulumi refresh --preview-only --json --stack "$PULUMI_STACK" --non-interactive || code=$?
    echo "$code" > "$engine_code"
  } | node "$steps/drift-summary.mjs" "$directory/drift.md" "$directory/drift.json"
)
code=$(cat "$engine_code")
rm -f "$engine_code"
if [ "$code" -ne 0 ]; then
  echo "The comparison ended with code $code." >&2
  exit "$code"
fi

sh "$steps/show-summary.sh" "$directory/drift.md"
echo "drift=$drift"
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  echo "drift=$drift" >> "$GITHUB_OUTPUT"
fi
if [ -n "${TF_BUILD:-}" ]; then
  echo "##vso[task.setvariable variable=drift;isOutput=true]$drift"
fi
