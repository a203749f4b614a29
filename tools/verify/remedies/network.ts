import type { Failure } from "../failure";

const untrusted: ReadonlySet<string> = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);
const unreachable: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "REQUEST_SEND_ERROR",
  "Timeout",
]);

/**
 * What to do where no service answered, or it answered that it can't now.
 * @param host the host that was called
 * @param advice what to say of a failure that is none of these
 */
export function networkRemedy({ code, status }: Failure, host: string, advice: string): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `There is no ${host} in DNS. Check the name; where only a proxy leads out, set HTTPS_PROXY.`;
  }
  if (untrusted.has(code)) {
    return `The certificate of ${host} is not trusted. Where a proxy opens TLS, name its CA file in NODE_EXTRA_CA_CERTS.`;
  }
  if (unreachable.has(code)) {
    return `${host} cannot be reached from here. Check HTTPS_PROXY, NO_PROXY and the service's firewall; --timeout gives a call more time.`;
  }
  if (status === 429 || (status !== undefined && status >= 500)) {
    return `${host} is overloaded or out of order. Run verify again in a minute.`;
  }
  return advice;
}
