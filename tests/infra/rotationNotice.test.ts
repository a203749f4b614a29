import { readConfiguration } from "../../infra/config";
import { rotationNotice } from "../../infra/rotationNotice";
import { asPulumiHasThem } from "../support/stackSettings";

const asOf = "2030-02-01T00:00:00Z";
const usual = { rotation: { startsAt: "2030-01-01T00:00:00Z" } };
const noticeOf = (secrets: readonly Record<string, unknown>[]) => {
  const daemons = secrets.map((secret, index) => ({ name: `daemon-${index}`, secret }));
  const settings = { location: "westeurope", resourceGroupName: "rg-daemons", asOf, daemons };
  return rotationNotice(readConfiguration(asPulumiHasThem(settings), new Date(asOf)));
};

describe("the notice of rotations", () => {
  it("has a line for each way in which daemons rotate", () => {
    expect(noticeOf([usual, { endDate: "2031-01-01T00:00:00Z" }, usual])?.split("\n")).toEqual([
      "Rotation, as of 2030-02-01T00:00:00Z:",
      "  daemon-0, daemon-2: Generation 0 is in use. The first run from 2030-04-01 on makes generation 1, and generation 0 ends on 2030-04-15.",
      "  daemon-1: The secret ends on 2031-01-01, and no new one will be made: set a later endDate before then.",
    ]);
  });

  it("stays short for a hundred daemons", () => {
    const lines = noticeOf(Array.from({ length: 100 }, () => usual))?.split("\n");
    expect(lines).toHaveLength(2);
    expect(lines?.[1]).toMatch(/^ {2}daemon-0, daemon-1, daemon-2 and 97 more: Generation 0 is in use\./);
  });

  it("is none where no daemon has a credential that ends", () => {
    expect(rotationNotice({ asOf, daemons: [{ name: "loader" }] })).toBeUndefined();
  });

  it("names four daemons rather than leave one out", () => {
    expect(noticeOf([usual, usual, usual, usual])).toContain("daemon-0, daemon-1, daemon-2, daemon-3: ");
  });
});
