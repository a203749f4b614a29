/** Pulumi's own marks in properties, as its wire protocol fixes them: stated here once more, for the tests to hold the code to. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
/** A text that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret as the engine has it. @param content its plain value or its ciphertext, by the name of the property that holds it */
export const markedSecret = (content: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  [SIGNATURE]: SECRET,
  ...content,
});
