/** A certificate as the stack's file has it. */
export interface FileCertificate {
  readonly name: string;
  readonly pem: string;
  readonly secretUri: string;
}
