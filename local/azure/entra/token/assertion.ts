import { decodeJwt, decodeProtectedHeader } from "jose";
import { z } from "zod";
import { assertionMalformed } from "../assertionErrors";

const headerSchema = z.object({
  alg: z.string(),
  kid: z.string().optional(),
  x5t: z.string().optional(),
  "x5t#S256": z.string().optional(),
});
const claimsSchema = z.object({
  iss: z.string().optional(),
  sub: z.string().optional(),
  aud: z
    .union([z.string(), z.array(z.string())])
    .transform((aud) => (typeof aud === "string" ? [aud] : aud))
    .optional(),
  nbf: z.number().optional(),
  exp: z.number().optional(),
});

/** A client assertion, read but not yet checked. */
export interface Assertion {
  readonly text: string;
  readonly header: z.infer<typeof headerSchema>;
  readonly claims: z.infer<typeof claimsSchema>;
}

/** @throws SignInRefused where the text is no JWT */
export function readAssertion(text: string): Assertion {
  try {
    return {
      text,
      header: headerSchema.parse(decodeProtectedHeader(text)),
      claims: claimsSchema.parse(decodeJwt(text)),
    };
  } catch {
    throw assertionMalformed();
  }
}
