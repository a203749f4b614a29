#!/bin/sh
# Runs a step with the identity of the service connection that the task AzureCLI@2 signed in with.
# The task has to say addSpnToEnvironment. azure-native takes no Azure DevOps token address, only the ID token itself.
set -eu

: "${idToken:?is not set. Set addSpnToEnvironment: true on the task AzureCLI@2, and use a service connection with workload identity federation}"
: "${servicePrincipalId:?is not set. Set addSpnToEnvironment: true on the task AzureCLI@2}"
: "${tenantId:?is not set. Set addSpnToEnvironment: true on the task AzureCLI@2}"
: "${ARM_SUBSCRIPTION_ID:?is not set. Set it to the ID of the subscription that the stack deploys to}"

ARM_USE_OIDC=true
ARM_OIDC_TOKEN=$idToken
ARM_CLIENT_ID=$servicePrincipalId
ARM_TENANT_ID=$tenantId
export ARM_USE_OIDC ARM_OIDC_TOKEN ARM_CLIENT_ID ARM_TENANT_ID
unset idToken

exec "$@"
