import { UserError } from "./userError";

/** What keeps a file from being read or written, and what to do about it. */
const causes: Readonly<Record<string, string>> = {
  EACCES: "permission is denied. Check who owns it and its mode",
  EPERM: "permission is denied. Check who owns it and its mode",
  EROFS: "its file system is read-only. Give LOCAL_AZURE_DIRECTORY a directory that can be written",
  ENOSPC: "no space is left on its disk. Free some",
  EDQUOT: "the disk quota is used up. Free some space",
  EISDIR: "it is a directory, and a file is expected. Move it away",
  ENOTDIR: "a part of its path is a file, and a directory is expected. Move it away",
};

/**
 * An operating system's refusal in words; undefined for any other error.
 *
 * @param within where it was, if the error does not name a file: a full disk is known only when a file is open already
 */
export function fileFailure(error: unknown, within?: string): UserError | undefined {
  const { code = "", path = within } = error as NodeJS.ErrnoException;
  const cause = causes[code];
  return cause === undefined || path === undefined
    ? undefined
    : new UserError(`${path} can't be used: ${cause}, and run the same command again.`);
}
