/** The oldest Node.js that everything here runs on. */
const minimumMajor = 20;

/** Ends the process with plain words where Node.js is too old. Its own syntax is old, so that an old Node.js can say so. */
export function requireNodeVersion() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < minimumMajor) {
    console.error(
      "This project needs Node.js " +
        minimumMajor +
        " or later, and this is Node.js " +
        process.versions.node +
        " (" +
        process.execPath +
        "). Install a newer one, for example from https://nodejs.org, and run the command again.",
    );
    process.exit(1);
  }
}
