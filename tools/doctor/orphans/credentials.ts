import type { Api } from "../azure/api";
import { unanswered, type Finding } from "../checks/finding";
import type { KnownApplication, StackState } from "./stackState";

/** How the components name the passwords that they make. */
const ours = /, generation \d+(, (?:issued anew|reissued) .+)?$/;

interface Credential {
  readonly keyId: string;
  readonly displayName?: string | null;
}

/** Passwords and certificates of the stack's applications that its state does not name. */
export async function orphanedCredentials(api: Api, state: StackState): Promise<Finding[]> {
  return (await Promise.all(state.applications.map((application) => ofApplication(api, state, application)))).flat();
}

async function ofApplication(api: Api, { ids }: StackState, application: KnownApplication): Promise<Finding[]> {
  const { objectId, clientId, displayName } = application;
  const address = `/applications/${objectId}?$select=passwordCredentials,keyCredentials`;
  const { status, refusal, body } = await api.get("graph", address);
  if (status === 404) return [];
  if (refusal !== undefined) {
    return [unanswered("orphan", `credentials of ${displayName}`, refusal, "Let the deployer read its applications.")];
  }
  const { passwordCredentials = [], keyCredentials = [] } = body as {
    passwordCredentials?: readonly Credential[];
    keyCredentials?: readonly Credential[];
  };
  const unknown = (kind: string, list: readonly Credential[]): readonly Credential[] =>
    list.filter(({ keyId }) => !ids.has(`${objectId}/${kind}/${keyId}`.toLowerCase()));
  const removal = `az ad app credential delete --id ${clientId} --key-id`;
  return [
    ...unknown("password", passwordCredentials).map(({ keyId, displayName: name }): Finding => {
      const made = ours.test(name ?? "");
      const subject = `password ${name ?? ""} (${keyId}) of ${displayName}`;
      return made
        ? orphan(subject, "the state does not name it, and its value is lost", `${removal} ${keyId}`)
        : { check: "orphan", subject, result: "note", detail: "made by hand or by another program" };
    }),
    ...unknown("certificate", keyCredentials).map(({ keyId, displayName: name }) =>
      orphan(
        `certificate ${name ?? ""} (${keyId}) of ${displayName}`,
        "the state does not name it",
        `${removal} ${keyId} --cert`,
      ),
    ),
  ];
}

/** Something that is there, that no state names, with the command that removes it. */
export const orphan = (subject: string, detail: string, command: string): Finding => ({
  check: "orphan",
  subject,
  result: "failed",
  detail,
  remedy: command,
});
