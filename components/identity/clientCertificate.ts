import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { revocable } from "../access/revocable";
import { Problems } from "../checks/argumentError";
import { moment } from "../checks/moments";
import { certificateName } from "../checks/names";
import { write } from "../checks/refusal";
import { secretUri } from "../stack/outputChecks";
import type { ApplicationIdentity } from "./applicationIdentity";
import { certificateSetProblems, liveCertificates, newestOf, type ReadCertificate } from "./certificateSet";
import { rememberPrivateKeys } from "./privateKeys";
import { certificatePem } from "./publicCertificate";

/** A public certificate, and where its private key is. */
export interface CertificateArgs {
  /**
   * Your name for it: 1 to 64 lowercase letters, digits and single hyphens. A certificate keeps its name; a new one takes a
   * new name.
   */
  readonly name: string;
  /** The public certificate in PEM, without a private key: RSA, 2048 bits or more, signed with SHA-256 or better. */
  readonly pem: string;
  /** URI, without a version, of the Key Vault secret that holds its private key. */
  readonly secretUri: pulumi.Input<string>;
}

/** The certificates of a daemon. */
export interface DaemonCertificateArgs {
  /**
   * One or more. The daemon is given the one that came last; the others stay valid beside it until they end. Those that
   * have ended are left out.
   */
  readonly certificates: CertificateArgs[];
}

/** Inputs of {@link ClientCertificate}. */
export interface ClientCertificateArgs extends DaemonCertificateArgs {
  /** The application that signs in with them: a DaemonApplication, or its ID. */
  readonly application: ApplicationIdentity;
  /** The time at which dates are evaluated, RFC 3339 with a zone. The same time always gives the same resources. */
  readonly asOf: string;
}

/** What a certificate's makers and users need to know of it. */
export interface DeclaredCertificate {
  readonly secretUri: pulumi.Output<string>;
  readonly thumbprint: pulumi.Output<string>;
  readonly x5t: pulumi.Output<string>;
  readonly thumbprintSha256: pulumi.Output<string>;
  readonly notBefore: pulumi.Output<string>;
  readonly expiresOn: pulumi.Output<string>;
  readonly thumbprints: pulumi.Output<Record<string, string>>;
  /** The last of the application's credentials that is written for it; the next one waits for it. */
  readonly lastWritten: pulumi.Resource;
}

/**
 * Public certificates that an application signs in with. Old and new ones are valid at the same time, so a new one
 * does not interrupt clients. Private keys stay where they were created, and never enter the program.
 *
 * @remarks
 * Certificates are written one after another, because Microsoft Graph refuses two credential writes on one application at a time.
 * Private keys never enter the program: `npx daemon-access credentials certificate` has Key Vault create them.
 *
 * @resource <name>-certificate-<certificate> | azuread.ApplicationCertificate | one for each certificate that has not ended by `asOf`
 * @see docs/how-to/certificates.md
 *
 * @example
 * ```ts
 * const certificate = new ClientCertificate("loader", {
 *   application,
 *   certificates: [{
 *     name: "2027-01",
 *     pem: "-----BEGIN CERTIFICATE-----\n…",
 *     secretUri: "https://kv-daemons.vault.azure.net/secrets/forecast-loader-certificate-2027-01",
 *   }],
 *   asOf: "2027-02-01T00:00:00Z",
 * });
 * ```
 */
export class ClientCertificate extends pulumi.ComponentResource {
  /** URI, without a version, of the secret that holds the newest one's private key. */
  public readonly secretUri: pulumi.Output<string>;
  /** The newest one's SHA-1 thumbprint in hexadecimal, as MSAL's settings take it. */
  public readonly thumbprint: pulumi.Output<string>;
  /** The same in base64url, as `x5t` of an assertion carries it. */
  public readonly x5t: pulumi.Output<string>;
  /** The newest one's SHA-256 thumbprint in hexadecimal. */
  public readonly thumbprintSha256: pulumi.Output<string>;
  /** The newest one's first moment: RFC 3339, UTC. */
  public readonly notBefore: pulumi.Output<string>;
  /** The newest one's last moment: RFC 3339, UTC. */
  public readonly expiresOn: pulumi.Output<string>;
  /** Name to SHA-1 thumbprint in hexadecimal, of every certificate that has not ended. */
  public readonly thumbprints: pulumi.Output<Record<string, string>>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: ClientCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:ClientCertificate", name, {}, opts);
    const problems = new Problems("ClientCertificate", name);
    problems.requirePlain(args);
    checkCertificates(problems, "", args.certificates, args.asOf);
    problems.throwIfAny();

    const declared = declareClientCertificate(name, args, { parent: this });
    rememberPrivateKeys(this, liveCertificates(args.certificates, args.asOf));

    this.secretUri = declared.secretUri;
    this.thumbprint = declared.thumbprint;
    this.x5t = declared.x5t;
    this.thumbprintSha256 = declared.thumbprintSha256;
    this.notBefore = declared.notBefore;
    this.expiresOn = declared.expiresOn;
    this.thumbprints = declared.thumbprints;
    this.registerOutputs({ thumbprint: this.thumbprint, expiresOn: this.expiresOn });
  }
}

/** Judges certificates, each by itself and all together. */
export function checkCertificates(
  problems: Problems,
  prefix: string,
  certificates: readonly CertificateArgs[],
  asOf: string | undefined,
): void {
  const at = asOf !== undefined && !moment(asOf) ? asOf : undefined;
  if (asOf === undefined) {
    const needed = "the moment to read the certificates' dates at";
    problems.refuse("asOf", asOf, { needed, fix: write("2027-02-01T00:00:00Z") });
  } else {
    problems.check("asOf", asOf, moment);
  }
  if (certificates.length === 0) {
    problems.refuse(`${prefix}certificates`, undefined, {
      needed: "one certificate or more",
      fix: "Make one with `npx daemon-access credentials certificate`.",
    });
  }
  certificates.forEach((certificate, index) => {
    const input = `${prefix}certificates[${index}]`;
    problems.check(`${input}.name`, certificate.name, certificateName);
    problems.check(`${input}.pem`, certificate.pem, certificatePem(at));
    problems.checkInput(`${input}.secretUri`, certificate.secretUri, secretUri);
  });
  if (at === undefined) return;
  for (const { input, given, refusal } of certificateSetProblems(certificates, at)) {
    problems.refuse(`${prefix}${input}`, given, refusal);
  }
}

/**
 * Declares checked certificates, one after another.
 * @param after the credential of the same application that the first one waits for
 */
export function declareClientCertificate(
  name: string,
  { application, certificates, asOf }: ClientCertificateArgs,
  opts: pulumi.CustomResourceOptions,
  after?: pulumi.Resource,
): DeclaredCertificate {
  const live = liveCertificates(certificates, asOf);
  const { name: newestName, read, secretUri: place } = newestOf(live, asOf);
  const written: azuread.ApplicationCertificate[] = [];
  for (const each of live) {
    // Microsoft Graph answers 409 to two credential writes on one application.
    const before = written.at(-1) ?? after;
    const inTurn = before ? pulumi.mergeOptions(opts, { dependsOn: before }) : opts;
    written.push(declareCertificate(name, application, each, inTurn));
  }
  const newest = written[live.findIndex((each) => each.name === newestName)];
  const last = written.at(-1);
  if (!newest || !last) throw new RangeError("No certificate is left: the arguments were not checked.");
  // Nobody is told of a certificate before Entra ID knows it.
  const known = <T>(value: T): pulumi.Output<T> => newest.keyId.apply(() => value);
  const declared = {
    secretUri: pulumi.output(place),
    thumbprint: known(read.thumbprint),
    x5t: known(read.x5t),
    thumbprintSha256: known(read.thumbprintSha256),
    notBefore: pulumi.output(read.notBefore),
    expiresOn: pulumi.output(read.notAfter),
    thumbprints: pulumi.output(Object.fromEntries(live.map((each) => [each.name, each.read.thumbprint]))),
    lastWritten: last,
  };
  rememberPrivateKeys(declared, live);
  return declared;
}

function declareCertificate(
  name: string,
  application: ApplicationIdentity,
  { name: certificate, read }: ReadCertificate<CertificateArgs>,
  opts: pulumi.CustomResourceOptions,
): azuread.ApplicationCertificate {
  return new azuread.ApplicationCertificate(
    `${name}-certificate-${certificate}`,
    {
      applicationId: application.applicationId,
      type: "AsymmetricX509Cert",
      encoding: "pem",
      value: read.pem,
      startDate: read.notBefore,
      endDate: read.notAfter,
    },
    revocable(opts),
  );
}
