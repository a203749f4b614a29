import { azureIdentityHelp } from "../cli/sharedOptions";

/** Who reads, and with which rights. */
export const readerHelp = `${azureIdentityHelp}Needs Application.Read.All, or a directory role that reads applications; and
Reader where role assignments are looked for.
`;
