import fc from "fast-check";
import { Redactor } from "../../../tools/verify/redact";

describe("redaction", () => {
  it("takes a secret out, wherever and however often it stands", () => {
    const redactor = new Redactor();
    redactor.hide("kX8~secret-value");
    expect(redactor.clean("a kX8~secret-value b kX8~secret-value")).toBe("a [secret] b [secret]");
  });

  it("leaves nothing of a secret that holds another one", () => {
    const redactor = new Redactor();
    redactor.hide("kX8~secret");
    redactor.hide('{"clientSecret":"kX8~secret"}');
    expect(redactor.clean('it was {"clientSecret":"kX8~secret"}')).toBe("it was [secret]");
  });

  it("knows any secret as it is, in a form body and in JSON", () => {
    fc.assert(
      fc.property(fc.string({ minLength: Redactor.shortest }), (secret) => {
        const redactor = new Redactor();
        redactor.hide(secret);
        for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
          expect(redactor.clean(`<${spelling}>`)).toBe("<[secret]>");
        }
      }),
    );
  });
});
