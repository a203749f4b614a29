#!/bin/sh
# Reads a Key Vault secret with curl alone, as the service asks for it: its challenge names where the token comes from
# and what it is for. Takes SECRET_URI and the AZURE_ variables; no secret becomes an argument of a command.
set -eu
uri="$SECRET_URI?api-version=7.4"

challenge=$(curl --silent --show-error --output /dev/null --write-out '%{http_code} %header{www-authenticate}' "$uri")
echo "challenge: $challenge"
authority=$(printf '%s' "$challenge" | sed 's/.*authorization="\([^"]*\)".*/\1/')
resource=$(printf '%s' "$challenge" | sed 's/.*resource="\([^"]*\)".*/\1/')

token=$(
  printf '%s' "$AZURE_CLIENT_SECRET" |
    curl --silent --show-error "$authority/oauth2/v2.0/token" --data grant_type=client_credentials \
      --data "client_id=$AZURE_CLIENT_ID" --data-urlencode "scope=$resource/.default" --data-urlencode client_secret@- |
    sed 's/.*"access_token":"\([^"]*\)".*/\1/'
)
printf 'Authorization: Bearer %s' "$token" | curl --silent --show-error --header @- "$uri" --write-out '\n%{http_code}\n'
