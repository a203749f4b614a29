// What to do about errors that the services tell in words of their own: reads what `pulumi up` printed, and adds the
// remedies, each once. The program can't say these: the engine has no word for it where a resource fails.
import { readFileSync } from "node:fs";

/** @type {readonly (readonly [RegExp, string])[]} */
const remedies = [
  [
    /Could not create app role assignment:.*Authorization_RequestDenied/s,
    "The deployer may not grant Microsoft Graph permissions. There are two ways on: an administrator grants it AppRoleAssignment.ReadWrite.All, and Application.Read.All beside it; or set consent to request for the daemon, and an administrator consents at its adminConsentUrl.",
  ],
  [
    /Permission being assigned already exists on the object/,
    "A Graph permission was already granted by hand: import the grant, or set consent to external for the daemon (docs/how-to/adoption.md).",
  ],
  [
    /Code="RoleAssignmentExists"/,
    "A role was already assigned by hand: import the assignment, or delete it (docs/how-to/adoption.md).",
  ],
  [
    /cannot create already existing resource|was found and .prevent_duplicate_names. was specified/,
    "It was created by hand: import it, or use another name (docs/how-to/adoption.md).",
  ],
];

const printed = readFileSync(process.argv[2] ?? "", "utf8");
for (const [pattern, remedy] of remedies) {
  if (pattern.test(printed)) console.error(`remedy: ${remedy}`);
}
