import { inUtc, instant } from "../checks/moments";
import { liveCertificates, type NamedPem, newestOf } from "./certificateSet";
import { DAY, type Generation, type RotationArgs, type RotationSchedule, rotationSchedule } from "./rotationSchedule";

/** The dates of a client secret, checked. */
export interface SecretDates {
  readonly endDate?: string;
  readonly rotation?: RotationArgs;
  readonly rotateNow?: string;
  readonly asOf?: string;
}

/** The credentials of a daemon that end some day, checked. */
export interface EndingCredentials {
  readonly secret?: Omit<SecretDates, "asOf"> | undefined;
  readonly certificate?: { readonly certificates: readonly NamedPem[] } | undefined;
}

/**
 * What comes next of a daemon's credentials and when, in words; undefined where none of them ends. The same dates always
 * give the same words.
 */
export function credentialWords(
  { secret, certificate }: EndingCredentials,
  asOf: string | undefined,
): string | undefined {
  const words = [
    ...(secret ? [rotationWords({ ...secret, ...(asOf !== undefined && { asOf }) })] : []),
    ...(certificate && asOf !== undefined ? [certificateWords(certificate.certificates, asOf)] : []),
  ];
  return words.length === 0 ? undefined : words.join(" ");
}

function certificateWords(certificates: readonly NamedPem[], asOf: string): string {
  const live = liveCertificates(certificates, asOf);
  const { name, read } = newestOf(live, asOf);
  const last = live.at(-1);
  const next = last && last.name !== name ? ` Certificate ${last.name} follows on ${day(last.read.notBefore)}.` : "";
  const end = day((last ?? { read }).read.notAfter);
  return `Certificate ${name} is in use.${next} Before ${end}, \`npx daemon-access credentials certificate\` and an update have to bring the next.`;
}

/** What a client secret's next rotation does and when, in words. The same dates always give the same words. */
export function rotationWords({ endDate, rotation, rotateNow, asOf }: SecretDates): string {
  if (rotation === undefined || asOf === undefined) {
    const [reissue, leave] =
      rotateNow === undefined
        ? ["", ""]
        : [`, reissued on ${day(rotateNow)},`, " Leave rotateNow in the configuration until then."];
    return `The secret${reissue} ends on ${day(endDate ?? "")}, and no new one will be made: set a later endDate before then.${leave}`;
  }
  const schedule = rotationSchedule(rotation, asOf, rotateNow);
  const { previous, current } = schedule;
  return [
    `Generation ${current.number}${anewOf(current)} is in use.`,
    ...(previous
      ? [
          `Generation ${previous.number}${anewOf(previous)} stays valid until ${day(previous.endDate)}; the first run from then on removes it.`,
        ]
      : []),
    `${nextWords(rotation, schedule)}, and generation ${current.number} ends on ${day(current.endDate)}.`,
    ...rotateNowWords(rotateNow, schedule),
  ].join(" ");
}

const anewOf = ({ reissued }: Generation): string => (reissued === undefined ? "" : `, reissued on ${day(reissued)},`);

/** Where the next generation comes from, and when. */
function nextWords({ stageDays }: RotationArgs, { current, staged, nextRotation }: RotationSchedule): string {
  const next = `generation ${current.number + 1}`;
  const turn = day(nextRotation);
  if (staged) {
    return `Generation ${staged.number}${anewOf(staged)} is staged in Entra ID. The first run from ${turn} on writes it to the vault`;
  }
  if (stageDays === undefined) return `The first run from ${turn} on makes ${next}`;
  const from = day(new Date(instant(nextRotation) - stageDays * DAY).toISOString());
  return `The first run from ${from} on stages ${next} in Entra ID, the first from ${turn} on writes it to the vault`;
}

/** Taken out too early, it would give the generation that it named back its usual name: one more secret. */
function rotateNowWords(
  rotateNow: string | undefined,
  { previous, current, staged }: RotationSchedule,
): readonly string[] {
  if (rotateNow === undefined) return [];
  const last = [staged, current, previous].find((each) => each?.reissued !== undefined);
  return [
    last
      ? `Leave rotateNow in the configuration until ${day(last.endDate)}.`
      : "rotateNow is no longer needed: remove it from the configuration.",
  ];
}

/** "2030-01-31", or with its time where it isn't midnight. */
function day(moment: string): string {
  const text = inUtc(moment);
  return text.endsWith("T00:00:00Z") ? text.slice(0, 10) : `${text.slice(0, 16).replace("T", " ")} UTC`;
}
