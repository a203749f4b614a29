import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromPlain, fromStruct, toStruct } from "../../../../local/providers/server/marshalling";
import { Secret, unknown, type PropertyMap } from "../../../../local/providers/server/values";
import { SIGNATURE, UNKNOWN, markedSecret } from "../../../support/engineMarks";

const read = (properties: unknown): PropertyMap =>
  fromStruct(Struct.fromJavaScript(properties as Record<string, never>));

describe("properties on the wire", () => {
  it("lose their nulls on the way in and out", () => {
    expect(read({ kept: "yes", dropped: null, inner: { dropped: null } })).toEqual({ kept: "yes", inner: {} });
    expect(toStruct({ kept: 1, dropped: undefined, nothing: null }).toJavaScript()).toEqual({ kept: 1 });
  });

  it("mark what is not known yet", () => {
    expect(read({ name: UNKNOWN, flags: ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"] })).toEqual({
      name: unknown,
      flags: [unknown],
    });
    expect(toStruct({ name: unknown }).toJavaScript()).toEqual({ name: UNKNOWN });
  });

  it("open secrets on the way in, and mark them on the way out", () => {
    const secret = markedSecret({ value: { password: "p" } });
    expect(read({ secret })).toEqual({ secret: { password: "p" } });
    expect(toStruct({ secret: new Secret({ password: "p" }) }).toJavaScript()).toEqual({ secret });
  });

  it("open output values: with a value, and without one yet", () => {
    const output = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", dependencies: ["urn"] };
    expect(read({ known: { ...output, value: "v" }, later: output })).toEqual({ known: "v", later: unknown });
  });

  it("read a resource as its ID", () => {
    expect(read({ of: { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn", id: "id" } })).toEqual({
      of: "id",
    });
  });

  it("leave out secrets that the state file keeps encrypted", () => {
    const secret = markedSecret({ ciphertext: "v1:…" });
    expect(fromPlain({ name: "n", secret })).toEqual({ name: "n" });
  });
});
