import fc from "fast-check";
import { Redactor } from "../../../tools/secrets/redactor";

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
      fc.property(fc.string({ minLength: 4 }), (secret) => {
        const redactor = new Redactor();
        redactor.hide(secret);
        for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
          expect(redactor.clean(`<${spelling}>`)).toBe("<[secret]>");
        }
      }),
    );
  });

  it.each([
    ["in a name of Azure's", "kv-daemons-full"],
    ["in a longer word", "daemonset"],
    ["in a name with an underscore", "my_daemons"],
  ])("leaves a short passphrase alone %s", (_where, text) => {
    const redactor = new Redactor();
    redactor.hide("daemons");
    expect(redactor.clean(`${text} is created`)).toBe(`${text} is created`);
  });

  it.each(["daemons", "=daemons ", '"daemons"', "(daemons)", "daemons.", "/daemons/"])(
    "hides a short passphrase that stands whole: %s",
    (text) => {
      const redactor = new Redactor();
      redactor.hide("daemons");
      expect(redactor.clean(text)).toBe(text.replace("daemons", "[secret]"));
    },
  );

  it("hides a long secret within a word too", () => {
    const redactor = new Redactor();
    redactor.hide("kX8~Q-3xAbCdEfGhIjKl");
    expect(redactor.clean("xkX8~Q-3xAbCdEfGhIjKly")).toBe("x[secret]y");
  });

  it("takes no value of three characters for a secret, and reads none as a pattern", () => {
    const redactor = new Redactor();
    redactor.hide("dev");
    redactor.hide("a.c+");
    expect(redactor.clean("stack dev: abcc a.c+")).toBe("stack dev: abcc [secret]");
  });

  it("cleans every text of a value, at any depth", () => {
    const redactor = new Redactor();
    redactor.hide("passphrase");
    expect(redactor.cleanValue({ a: ["passphrase", 1, { b: "the passphrase" }], c: null })).toEqual({
      a: ["[secret]", 1, { b: "the [secret]" }],
      c: null,
    });
  });
});
