import { SignInRefused } from "./errors";

export const assertionMalformed = (): SignInRefused =>
  new SignInRefused(50027, 401, "invalid_client", "JWT token is invalid or malformed.");

export const assertionTypeUnsupported = (): SignInRefused =>
  new SignInRefused(
    900144,
    400,
    "invalid_request",
    "The request body must contain the following parameter: 'client_assertion_type' with the value 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'.",
  );

/** The assertion was not signed with a key of the application. @param thumbprint upper-case hexadecimal SHA-1 */
export const certificateRefused = (reason: string, thumbprint: string, clientId: string): SignInRefused =>
  new SignInRefused(
    700027,
    401,
    "invalid_client",
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason}, Thumbprint of key used by client: '${thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${clientId}'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/${clientId}'].`,
  );

export const assertionOutsideItsTime = (now: Date, from: Date | undefined, until: Date | undefined): SignInRefused =>
  new SignInRefused(
    700024,
    401,
    "invalid_client",
    `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion valid from ${from?.toISOString() ?? "unknown"}, expiry time of assertion ${until?.toISOString() ?? "unknown"}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.`,
  );

export const assertionAudienceWrong = (audience: string, expected: string): SignInRefused =>
  new SignInRefused(
    700023,
    401,
    "invalid_client",
    `Client assertion audience claim does not match Realm issuer. Audience: ${audience}. Expected: ${expected}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.`,
  );

export const assertionSubjectWrong = (subject: string, clientId: string): SignInRefused =>
  new SignInRefused(
    700021,
    401,
    "invalid_client",
    `Client assertion application identifier doesn't match 'client_id' parameter. Assertion subject: '${subject}', client_id: '${clientId}'. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.`,
  );

const federationGuide = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

export const issuerUnmatched = (issuer: string): SignInRefused =>
  new SignInRefused(
    700211,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion issuer '${issuer}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${federationGuide}`,
  );

export const audienceUnmatched = (audience: string): SignInRefused =>
  new SignInRefused(
    700212,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion audience '${audience}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${federationGuide}`,
  );

export const subjectUnmatched = (subject: string): SignInRefused =>
  new SignInRefused(
    700213,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion subject '${subject}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${federationGuide}`,
  );

/** Issuer, subject and audience fit but for the case of their letters. */
export const letterCaseUnmatched = (subject: string): SignInRefused =>
  new SignInRefused(
    7002138,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion subject '${subject}'. The match of Subject, Audience and Issuer is case-sensitive: check the letter case of your federated identity credential against the presented assertion. ${federationGuide}`,
  );

export const issuerUnreachable = (issuer: string): SignInRefused =>
  new SignInRefused(50166, 400, "invalid_request", `Request to External OIDC endpoint failed. Issuer: '${issuer}'.`);

export const federatedSignatureWrong = (): SignInRefused =>
  new SignInRefused(
    5001201,
    401,
    "invalid_client",
    "Client assertion contains an invalid signature. The key that signed it is not among the issuer's.",
  );
