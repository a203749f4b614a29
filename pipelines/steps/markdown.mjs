/** A table's cell: one line, and no bar that would end it. @param {unknown} value */
export const cell = (value) => String(value).replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

/** The stack that the run is about. */
export function stackName() {
  return required("PULUMI_STACK", "the name of the stack, for example dev");
}

/** A variable that the step can't do without. @param {string} name @param {string} needed what it has to be */
export function required(name, needed) {
  const value = process.env[name];
  if (!value) {
    console.error(`${name} is not set. Set it to ${needed}.`);
    process.exit(2);
  }
  return value;
}
