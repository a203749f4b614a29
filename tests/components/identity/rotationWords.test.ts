import { credentialWords, rotationWords } from "../../../components/identity/rotationWords";
import { issueCertificate } from "../../support/certificates";

const rotation = { startsAt: "2030-01-01T00:00:00Z" };

describe("a rotation in words", () => {
  it("tells the generation in use, when the next comes, and how long this one stays", () => {
    expect(rotationWords({ rotation, asOf: "2030-02-01T00:00:00Z" })).toBe(
      "Generation 0 is in use. The first run from 2030-04-01 on makes generation 1, and generation 0 ends on 2030-04-15.",
    );
  });

  it("tells of the previous generation while its overlap runs", () => {
    expect(rotationWords({ rotation, asOf: "2030-04-05T00:00:00Z" })).toBe(
      "Generation 1 is in use. Generation 0 stays valid until 2030-04-15; the first run from then on removes it. The first run from 2030-06-30 on makes generation 2, and generation 1 ends on 2030-07-14.",
    );
  });

  it("writes the time where it isn't midnight", () => {
    const startsAt = "2030-01-01T06:30:00Z";
    expect(rotationWords({ rotation: { startsAt, everyDays: 2, overlapDays: 1 }, asOf: startsAt })).toBe(
      "Generation 0 is in use. The first run from 2030-01-03 06:30 UTC on makes generation 1, and generation 0 ends on 2030-01-04 06:30 UTC.",
    );
  });

  it("says what was reissued, and until when rotateNow has to stay", () => {
    const rotateNow = "2030-04-05T10:15:00Z";
    expect(rotationWords({ rotation, rotateNow, asOf: "2030-05-01T00:00:00Z" })).toBe(
      "Generation 1, reissued on 2030-04-05 10:15 UTC, is in use. The first run from 2030-06-30 on makes generation 2, and generation 1 ends on 2030-07-14. Leave rotateNow in the configuration until 2030-07-14.",
    );
    expect(rotationWords({ rotation, rotateNow, asOf: "2030-07-02T00:00:00Z" })).toContain(
      "Generation 1, reissued on 2030-04-05 10:15 UTC, stays valid until 2030-07-14; the first run from then on removes it.",
    );
  });

  it("says when rotateNow can go", () => {
    expect(rotationWords({ rotation, rotateNow: "2030-04-05T10:15:00Z", asOf: "2030-07-14T00:00:00Z" })).toMatch(
      / rotateNow is no longer needed: remove it from the configuration\.$/,
    );
  });

  it("tells when the next one is staged, and that it is", () => {
    const early = { ...rotation, stageDays: 2 };
    expect(rotationWords({ rotation: early, asOf: "2030-02-01T00:00:00Z" })).toBe(
      "Generation 0 is in use. The first run from 2030-03-30 on stages generation 1 in Entra ID, the first from 2030-04-01 on writes it to the vault, and generation 0 ends on 2030-04-15.",
    );
    expect(rotationWords({ rotation: early, asOf: "2030-03-31T00:00:00Z" })).toBe(
      "Generation 0 is in use. Generation 1 is staged in Entra ID. The first run from 2030-04-01 on writes it to the vault, and generation 0 ends on 2030-04-15.",
    );
  });

  it("says to keep rotateNow until a staged one that was reissued has ended", () => {
    const leak = { rotation: { ...rotation, stageDays: 2 }, rotateNow: "2030-03-31T00:00:00Z" };
    expect(rotationWords({ ...leak, asOf: "2030-03-31T00:00:00Z" })).toBe(
      "Generation 0, reissued on 2030-03-31, is in use. Generation 1, reissued on 2030-03-31, is staged in Entra ID. The first run from 2030-04-01 on writes it to the vault, and generation 0 ends on 2030-04-15. Leave rotateNow in the configuration until 2030-07-14.",
    );
    expect(rotationWords({ ...leak, asOf: "2030-05-01T00:00:00Z" })).toMatch(/until 2030-07-14\.$/);
  });

  it("tells which certificate is in use, which one follows, and how and by when another has to come", async () => {
    const [first, second] = await Promise.all([
      issueCertificate({ notBefore: "2030-01-01T00:00:00Z", notAfter: "2031-01-01T00:00:00Z" }),
      issueCertificate({ notBefore: "2030-12-01T00:00:00Z", notAfter: "2031-12-01T00:00:00Z" }),
    ]);
    const one = { certificates: [{ name: "2030", pem: first.pem }] };
    const both = { certificates: [...one.certificates, { name: "2031", pem: second.pem }] };
    const asOf = "2030-06-01T00:00:00Z";
    expect(credentialWords({ certificate: one }, asOf)).toBe(
      "Certificate 2030 is in use. Before 2031-01-01, `npx daemon-access credentials certificate` and an update have to bring the next.",
    );
    expect(credentialWords({ certificate: both }, asOf)).toBe(
      "Certificate 2030 is in use. Certificate 2031 follows on 2030-12-01. Before 2031-12-01, `npx daemon-access credentials certificate` and an update have to bring the next.",
    );
    expect(credentialWords({ secret: { rotation }, certificate: one }, asOf)).toMatch(
      /^Generation 1 is in use\. .* Certificate 2030 is in use\. /,
    );
  });

  it("has none where no credential ends", () => {
    expect(credentialWords({}, "2030-06-01T00:00:00Z")).toBeUndefined();
  });

  it("says that nothing follows where there is one end", () => {
    expect(rotationWords({ endDate: "2031-01-01T00:00:00Z" })).toBe(
      "The secret ends on 2031-01-01, and no new one will be made: set a later endDate before then.",
    );
  });

  it("says that the one secret was reissued, and that rotateNow stays with it", () => {
    expect(rotationWords({ endDate: "2031-01-01T00:00:00Z", rotateNow: "2030-05-01T00:00:00Z" })).toBe(
      "The secret, reissued on 2030-05-01, ends on 2031-01-01, and no new one will be made: set a later endDate before then. Leave rotateNow in the configuration until then.",
    );
  });
});
