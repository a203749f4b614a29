/** Takes secrets out of whatever is about to be printed. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** Values shorter than this are no secrets, and taking them out would garble the text. */
  static readonly shortest = 8;

  /** From now on the value is never shown, in none of the spellings that an error may carry it in. */
  hide(secret: string | undefined): void {
    if (secret === undefined || secret.length < Redactor.shortest) {
      return;
    }
    for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      this.secrets.add(spelling);
    }
  }

  clean(text: string): string {
    let cleaned = text;
    // Longest first: a secret may hold another one.
    for (const secret of [...this.secrets].sort((one, other) => other.length - one.length)) {
      cleaned = cleaned.replaceAll(secret, "[secret]");
    }
    return cleaned;
  }
}
