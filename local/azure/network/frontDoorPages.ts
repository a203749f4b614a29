/** A refusal of what is no proper HTTP request, by Azure's front doors: they come before any service. */
export interface FrontDoorPage {
  readonly status: 400 | 408 | 505;
  readonly reason: string;
  readonly title: string;
  readonly sentence: string;
}

const badRequest = (what: string, sentence: string): FrontDoorPage => ({
  status: 400,
  reason: "Bad Request",
  title: `Bad Request - ${what}`,
  sentence,
});

/** Windows' HTTP.sys, which most of Azure's services stand behind, answers in these words. */
export const pages = {
  verb: badRequest("Invalid Verb", "The request verb is invalid."),
  url: badRequest("Invalid URL", "The request URL is invalid."),
  header: badRequest("Invalid Header", "The request has an invalid header name."),
  hostname: badRequest("Invalid Hostname", "The request hostname is invalid."),
  headersTooLong: badRequest("Request Too Long", "The size of the request headers is too long."),
  request: badRequest("Invalid Request", "The request is badly formed."),
  version: {
    status: 505,
    reason: "HTTP Version Not Supported",
    title: "HTTP Version Not Supported",
    sentence: "The request has an HTTP version that is not supported.",
  },
  timeout: {
    status: 408,
    reason: "Request Timeout",
    title: "Request Timeout",
    sentence: "The request has not come whole in time.",
  },
} as const satisfies Readonly<Record<string, FrontDoorPage>>;

const pageOfCode: Readonly<Record<string, FrontDoorPage>> = {
  HPE_INVALID_METHOD: pages.verb,
  HPE_INVALID_VERSION: pages.version,
  HPE_INVALID_URL: pages.url,
  HPE_INVALID_HEADER_TOKEN: pages.header,
  HPE_HEADER_OVERFLOW: pages.headersTooLong,
  ERR_HTTP_REQUEST_TIMEOUT: pages.timeout,
};

/** The page for an error of Node.js' HTTP server; undefined where the connection is what broke. */
export function pageOfError({ code = "" }: NodeJS.ErrnoException): FrontDoorPage | undefined {
  return pageOfCode[code] ?? (code.startsWith("HPE_") ? pages.request : undefined);
}

export const pageBody = ({ status, reason, title, sentence }: FrontDoorPage): string =>
  [
    "<!DOCTYPE HTML>",
    `<HTML><HEAD><TITLE>${reason}</TITLE></HEAD>`,
    `<BODY><h2>${title}</h2>`,
    `<hr><p>HTTP Error ${status}. ${sentence}</p>`,
    "</BODY></HTML>",
    "",
  ].join("\r\n");

export const pageType = "text/html; charset=us-ascii";

/** The whole answer, for a connection that is closed then. */
export function pageBytes(page: FrontDoorPage): string {
  const body = pageBody(page);
  return [
    `HTTP/1.1 ${page.status} ${page.reason}`,
    `Content-Type: ${pageType}`,
    "Server: Microsoft-HTTPAPI/2.0",
    `Date: ${new Date().toUTCString()}`,
    "Connection: close",
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}
