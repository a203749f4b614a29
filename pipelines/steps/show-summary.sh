#!/bin/sh
# Shows a Markdown file on the page of the run.
set -eu

file="${1:?names no file. Give the Markdown file to show}"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$file" >> "$GITHUB_STEP_SUMMARY"
elif [ -n "${TF_BUILD:-}" ]; then
  echo "##vso[task.uploadsummary]$(cd "$(dirname "$file")" && pwd)/$(basename "$file")"
else
  cat "$file"
fi
