import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { revocable } from "../access/revocable";
import { Problems } from "../checks/argumentError";
import { inUtc, moment, momentAfter, momentUntil } from "../checks/moments";
import { type Check, write } from "../checks/refusal";
import type { ApplicationIdentity } from "./applicationIdentity";
import {
  checkRotation,
  type Generation,
  momentSinceStart,
  type RotationArgs,
  rotationSchedule,
} from "./rotationSchedule";
import { rotationWords, type SecretDates } from "./rotationWords";

/** Inputs of {@link ClientSecret}. Give exactly one of endDate and rotation. */
export interface ClientSecretArgs {
  /** The application that owns the secret: a DaemonApplication, or its ID. */
  readonly application: ApplicationIdentity;
  /**
   * The date on which the secret expires, RFC 3339 with a zone. A new date replaces the secret, and the one in use is revoked
   * in the same update: use rotation if the daemon must not be interrupted.
   */
  readonly endDate?: string;
  /** When generations turn, and how long the old one stays valid. */
  readonly rotation?: RotationArgs;
  /**
   * After a leak: the current time, RFC 3339 with a zone, for example `2027-03-05T10:15:00Z`. No secret
   * that was issued before it outlives the update, the one before the newest included. Leave it in place until the
   * generation that it reissued has ended.
   * @default none
   */
  readonly rotateNow?: string;
  /**
   * The time at which the schedule is evaluated, RFC 3339 with a zone. The same time always gives the same resources.
   * Needed with rotation and rotateNow; with endDate, a date that is past by then is refused.
   */
  readonly asOf?: string;
}

/** What a client secret's makers and users need to know of it. */
export interface DeclaredSecret {
  readonly value: pulumi.Output<string>;
  readonly keyId: pulumi.Output<string>;
  readonly notBefore: pulumi.Output<string>;
  readonly expiresOn: pulumi.Output<string>;
  readonly generation: pulumi.Output<number>;
  readonly nextRotation?: pulumi.Output<string>;
  /** The last of the application's credentials that is written for it; the next one waits for it. */
  readonly lastWritten: pulumi.Resource;
  readonly rotation: pulumi.Output<string>;
}

/**
 * A client secret of an application, in generations: the next one starts before the last one expires, and a secret in
 * use is never replaced.
 *
 * @remarks
 * Generation _n_ starts at `startsAt` + _n_ × `everyDays`, and ends `overlapDays` after the next one has started. Before
 * `startsAt`, generation 0 is in use already. `rotateNow` issues the generation of that moment again, as
 * `<name>-generation-<n>-<moment>`, and drops the one before: the update revokes every secret that was issued earlier.
 * With `stageDays`, the next generation's secret is made in Entra ID so many days before its start; `value` and the dates
 * are those of the current one.
 *
 * @resource <name>-generation-<n> | azuread.ApplicationPassword | the current generation, the previous one during its overlap, and the next one from stageDays before its start
 * @see docs/how-to/rotation.md
 *
 * @example
 * ```ts
 * const secret = new ClientSecret("loader", {
 *   application,
 *   rotation: { startsAt: "2027-01-01T00:00:00Z" },
 *   asOf: "2027-02-01T00:00:00Z",
 * });
 * ```
 */
export class ClientSecret extends pulumi.ComponentResource {
  /** The current generation's value; a secret. */
  public readonly value: pulumi.Output<string>;
  /** The current generation's key ID, by which Entra's sign-in logs tell secrets apart. */
  public readonly keyId: pulumi.Output<string>;
  /** The current generation's first moment: RFC 3339, UTC. */
  public readonly notBefore: pulumi.Output<string>;
  /** The current generation's last moment: RFC 3339, UTC. */
  public readonly expiresOn: pulumi.Output<string>;
  /** The current generation's number; 0 where there is no rotation. */
  public readonly generation: pulumi.Output<number>;
  /** When the next generation starts: RFC 3339, UTC. Absent without rotation. */
  public readonly nextRotation?: pulumi.Output<string>;
  /** What the next rotation does and when, in words. */
  public readonly rotation: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: ClientSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:ClientSecret", name, {}, opts);
    const problems = new Problems("ClientSecret", name);
    problems.requirePlain(args);
    checkSecretDates(problems, "", args);
    problems.throwIfAny();

    const secret = declareClientSecret(name, args, { parent: this });

    this.value = secret.value;
    this.keyId = secret.keyId;
    this.notBefore = secret.notBefore;
    this.expiresOn = secret.expiresOn;
    this.generation = secret.generation;
    if (secret.nextRotation) this.nextRotation = secret.nextRotation;
    this.rotation = secret.rotation;
    this.registerOutputs({ expiresOn: this.expiresOn, generation: this.generation });
  }
}

/** Judges the dates of a secret. */
export function checkSecretDates(problems: Problems, prefix: string, args: SecretDates): void {
  const { endDate, rotation, rotateNow, asOf } = args;
  problems.checkOptional("asOf", asOf, moment);
  if ((endDate === undefined) === (rotation === undefined)) {
    problems.refuse(`${prefix}endDate`, endDate, {
      needed: "exactly one of endDate and rotation",
      fix: endDate === undefined ? write("2027-01-31T00:00:00Z") : "Remove endDate or rotation.",
    });
  }
  const datesFrom = asOf !== undefined && !moment(asOf) ? asOf : undefined;
  problems.checkOptional(`${prefix}endDate`, endDate, datesFrom === undefined ? moment : momentAfter(datesFrom));
  problems.checkOptional(`${prefix}rotateNow`, rotateNow, leakMoment(rotation?.startsAt, datesFrom));
  if (rotation) checkRotation(problems, `${prefix}rotation`, rotation);
  if (asOf === undefined && (rotation ?? rotateNow) !== undefined) {
    problems.refuse("asOf", asOf, {
      needed: rotation ? "the moment to read the rotation at" : "the moment to read rotateNow at",
      fix: write("2027-02-01T00:00:00Z"),
    });
  }
}

/** Between the schedule's start and the moment of the run, as far as these can be read. */
function leakMoment(startsAt: string | undefined, asOf: string | undefined): Check {
  return (value) => {
    const refusal = asOf === undefined ? moment(value) : momentUntil(asOf)(value);
    if (refusal || asOf === undefined || startsAt === undefined || moment(startsAt)) return refusal;
    return momentSinceStart(startsAt, asOf)(value);
  };
}

/** Declares the passwords of checked arguments. */
export function declareClientSecret(
  name: string,
  args: ClientSecretArgs,
  opts: pulumi.CustomResourceOptions,
): DeclaredSecret {
  const { previous, current, staged, nextRotation } = scheduleOf(args);
  // One after another: Microsoft Graph answers 409 to two credential writes on one application.
  const after = (before: pulumi.Resource | undefined): pulumi.CustomResourceOptions =>
    before ? pulumi.mergeOptions(opts, { dependsOn: before }) : opts;
  const older = previous && declarePassword(name, args.application, previous, opts);
  const newest = declarePassword(name, args.application, current, after(older));
  const next = staged && declarePassword(name, args.application, staged, after(newest));
  return {
    value: pulumi.secret(newest.value),
    keyId: newest.keyId,
    notBefore: current.notBefore === undefined ? newest.startDate : pulumi.output(current.notBefore),
    expiresOn: pulumi.output(current.endDate),
    generation: pulumi.output(current.number),
    lastWritten: next ?? newest,
    ...(nextRotation !== undefined && { nextRotation: pulumi.output(nextRotation) }),
    rotation: pulumi.output(rotationWords(args)),
  };
}

type Password = Pick<Generation, "number" | "endDate"> & Partial<Generation>;

function scheduleOf({ rotation, asOf, endDate, rotateNow }: SecretDates): {
  readonly previous?: Password;
  readonly current: Password;
  readonly staged?: Password;
  readonly nextRotation?: string;
} {
  if (rotation !== undefined && asOf !== undefined) return rotationSchedule(rotation, asOf, rotateNow);
  if (endDate !== undefined) {
    const reissue = rotateNow !== undefined && { notBefore: inUtc(rotateNow), reissued: inUtc(rotateNow) };
    return { current: { number: 0, endDate: inUtc(endDate), ...reissue } };
  }
  throw new RangeError("Neither a rotation with asOf nor an endDate: the arguments were not checked.");
}

function declarePassword(
  name: string,
  application: ApplicationIdentity,
  generation: Password,
  opts: pulumi.CustomResourceOptions,
): azuread.ApplicationPassword {
  const { number, reissued } = generation;
  // A name of its own: the engine makes the new secret, writes it to the vault, and then revokes the one that has leaked.
  const stamp = reissued === undefined ? "" : `-${reissued.replaceAll(/[-:]/g, "")}`;
  return new azuread.ApplicationPassword(
    `${name}-generation-${number}${stamp}`,
    {
      applicationId: application.applicationId,
      displayName: `${name}, generation ${number}${reissued === undefined ? "" : `, reissued ${reissued}`}`,
      endDate: generation.endDate,
    },
    // The label carries the component's name. A component that is renamed keeps its secrets, and their labels.
    pulumi.mergeOptions(revocable(opts), { ignoreChanges: ["displayName"] }),
  );
}
