/** What every command of daemon-access ends with. */
export const exitCodes = {
  ok: 0,
  /** A check or a step failed, or the preview did. */
  failed: 1,
  /** Wrong arguments or settings: nothing was started. */
  usage: 2,
  /** Something that --fail-on names: a person decides. */
  decision: 3,
  /** A person or the machine stopped it: the same command continues. */
  interrupted: 130,
} as const;

/** The table of exit codes, as each command's help ends with it. */
export const exitCodeHelp = `
Exit codes:
  0  done, nothing failed
  1  a check or a step failed
  2  wrong arguments or settings; nothing was started
  3  review found something that --fail-on names
  130  interrupted: run the same command again (estate)
`;
