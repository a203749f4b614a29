import * as pulumi from "@pulumi/pulumi";
import { ClientSecret } from "../../../components/index";
import { azure } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const application = { applicationId: "/applications/4be1c5a0-9d37-4f62-8a1b-6c7d8e9f0a1b" };
const rotation = { startsAt: "2030-01-01T00:00:00Z" };
const PASSWORD = "azuread:index/applicationPassword:ApplicationPassword";

describe("a client secret", () => {
  it("is a password named and labelled by its generation, with an absolute end", async () => {
    const run = await record(
      azure,
      () => new ClientSecret("loader", { application, rotation, asOf: "2030-02-01T00:00:00Z" }),
    );
    expect(run.names(PASSWORD)).toEqual(["loader-generation-0"]);
    expect(run.resource("loader-generation-0")).toEqual({
      type: PASSWORD,
      name: "loader-generation-0",
      parent: "loader",
      inputs: {
        applicationId: application.applicationId,
        displayName: "loader, generation 0",
        endDate: "2030-04-15T00:00:00Z",
      },
      dependsOn: [],
      deletedWith: undefined,
    });
  });

  it("keeps the previous generation while its overlap runs, and writes the two one after the other", async () => {
    const run = await record(
      azure,
      () => new ClientSecret("loader", { application, rotation, asOf: "2030-04-05T00:00:00Z" }),
    );
    expect(run.names(PASSWORD)).toEqual(["loader-generation-0", "loader-generation-1"]);
    expect(run.resource("loader-generation-1").dependsOn).toEqual(["loader-generation-0"]);
  });

  it("stages the next generation after the others, and hands out the current one", async () => {
    const rotation = { startsAt: "2030-01-01T00:00:00Z", everyDays: 30, overlapDays: 20, stageDays: 10 };
    const run = await record(azure, () => {
      const { value, generation, expiresOn } = new ClientSecret("loader", {
        application,
        rotation,
        asOf: "2030-02-20T00:00:00Z",
      });
      return { value, generation, expiresOn };
    });
    expect(run.names(PASSWORD)).toEqual(["loader-generation-1", "loader-generation-2"]);
    expect(run.resource("loader-generation-2").dependsOn).toEqual(["loader-generation-1"]);
    expect(run.outputs).toEqual({
      value: "value of loader-generation-1",
      generation: 1,
      expiresOn: "2030-03-22T00:00:00Z",
    });
  });

  it("hands out the current generation with its dates", async () => {
    const { outputs } = await record(azure, () => {
      const secret = new ClientSecret("loader", { application, rotation, asOf: "2030-04-05T00:00:00Z" });
      const { value, expiresOn, notBefore, generation, nextRotation } = secret;
      return { value, expiresOn, notBefore, generation, nextRotation };
    });
    expect(outputs).toEqual({
      value: "value of loader-generation-1",
      expiresOn: "2030-07-14T00:00:00Z",
      notBefore: "2030-04-01T00:00:00Z",
      generation: 1,
      nextRotation: "2030-06-30T00:00:00Z",
    });
  });

  it("is reissued for a leak under a name and a label that carry the moment, and the leaked ones are gone", async () => {
    const run = await record(
      azure,
      () =>
        new ClientSecret("loader", {
          application,
          rotation,
          rotateNow: "2030-04-05T10:15:00Z",
          asOf: "2030-04-05T10:20:00Z",
        }),
    );
    expect(run.names(PASSWORD)).toEqual(["loader-generation-1-20300405T101500Z"]);
    expect(run.resource("loader-generation-1-20300405T101500Z").inputs).toEqual({
      applicationId: application.applicationId,
      displayName: "loader, generation 1, reissued 2030-04-05T10:15:00Z",
      endDate: "2030-07-14T00:00:00Z",
    });
  });

  it("hands out the one reissued, valid from the moment of the leak on", async () => {
    const { outputs } = await record(azure, () => {
      const rotateNow = "2030-04-05T10:15:00Z";
      const secret = new ClientSecret("loader", { application, rotation, rotateNow, asOf: "2030-05-01T00:00:00Z" });
      const { value, expiresOn, notBefore, generation } = secret;
      return { value, expiresOn, notBefore, generation };
    });
    expect(outputs).toEqual({
      value: "value of loader-generation-1-20300405T101500Z",
      expiresOn: "2030-07-14T00:00:00Z",
      notBefore: "2030-04-05T10:15:00Z",
      generation: 1,
    });
  });

  it("is reissued for a leak where it ends on one day", async () => {
    const args = { application, endDate: "2031-01-01T00:00:00Z", rotateNow: "2030-05-01T00:00:00Z" };
    const run = await record(azure, () => {
      const { notBefore, generation } = new ClientSecret("loader", { ...args, asOf: "2030-05-01T00:00:00Z" });
      return { notBefore, generation };
    });
    expect(run.names(PASSWORD)).toEqual(["loader-generation-0-20300501T000000Z"]);
    expect(run.resource("loader-generation-0-20300501T000000Z").inputs).toMatchObject({ endDate: args.endDate });
    expect(run.outputs).toEqual({ notBefore: "2030-05-01T00:00:00Z", generation: 0 });
  });

  it("says in words what comes next", async () => {
    const { outputs } = await record(azure, () => {
      const secret = new ClientSecret("loader", { application, rotation, asOf: "2030-02-01T00:00:00Z" });
      return secret.rotation;
    });
    expect(outputs).toBe(
      "Generation 0 is in use. The first run from 2030-04-01 on makes generation 1, and generation 0 ends on 2030-04-15.",
    );
  });

  it("marks its value as secret", async () => {
    const { outputs } = await record(azure, () => {
      const secret = new ClientSecret("loader", { application, endDate: "2031-01-01T00:00:00Z" });
      return pulumi.isSecret(secret.value);
    });
    expect(outputs).toBe(true);
  });

  it("ends on one day where there is no rotation", async () => {
    const run = await record(azure, () => {
      const secret = new ClientSecret("loader", { application, endDate: "2031-01-01T02:00:00+02:00" });
      const { expiresOn, notBefore, generation } = secret;
      return { expiresOn, notBefore, generation, nextRotation: secret.nextRotation };
    });
    expect(run.resource("loader-generation-0").inputs).toMatchObject({ endDate: "2031-01-01T00:00:00Z" });
    expect(run.outputs).toEqual({
      expiresOn: "2031-01-01T00:00:00Z",
      notBefore: "2026-11-20T10:00:00Z",
      generation: 0,
      nextRotation: undefined,
    });
  });

  it("registers the same resources for the same moment", async () => {
    const plan = () =>
      record(azure, () => new ClientSecret("loader", { application, rotation, asOf: "2030-04-05T00:00:00Z" }));
    expect((await plan()).resources).toEqual((await plan()).resources);
  });

  it("wants an end or a rotation", async () => {
    expect(await problemsOf(() => new ClientSecret("loader", { application }))).toEqual([
      'endDate: got nothing; needed exactly one of endDate and rotation. Write, for example, "2027-01-31T00:00:00Z".',
    ]);
  });

  it("refuses an end beside a rotation", async () => {
    const args = { application, rotation, endDate: "2031-01-01T00:00:00Z", asOf: "2030-01-01T00:00:00Z" };
    expect(await problemsOf(() => new ClientSecret("loader", args))).toEqual([
      'endDate: got "2031-01-01T00:00:00Z"; needed exactly one of endDate and rotation. Remove endDate or rotation.',
    ]);
  });

  it("refuses an end that is past", async () => {
    const args = { application, endDate: "2029-12-31T00:00:00Z", asOf: "2030-01-01T00:00:00Z" };
    expect(await problemsOf(() => new ClientSecret("loader", args))).toEqual([
      'endDate: got "2029-12-31T00:00:00Z"; needed a moment later than 2030-01-01T00:00:00Z, which is when this runs. Choose a later one.',
    ]);
  });

  it("refuses a rotateNow that is yet to come", async () => {
    const args = { application, rotation, rotateNow: "2030-02-01T00:00:01Z", asOf: "2030-02-01T00:00:00Z" };
    expect(await problemsOf(() => new ClientSecret("loader", args))).toEqual([
      'rotateNow: got "2030-02-01T00:00:01Z"; needed a moment no later than 2030-02-01T00:00:00Z, which is when this runs. Write, for example, "2030-02-01T00:00:00Z".',
    ]);
  });

  it("refuses a rotateNow before the rotation starts", async () => {
    const args = { application, rotation, rotateNow: "2029-12-31T23:59:59Z", asOf: "2030-02-01T00:00:00Z" };
    expect(await problemsOf(() => new ClientSecret("loader", args))).toEqual([
      'rotateNow: got "2029-12-31T23:59:59Z"; needed a moment from the rotation\'s startsAt on, 2030-01-01T00:00:00Z. Write, for example, "2030-02-01T00:00:00Z".',
    ]);
  });

  it("refuses a rotateNow that is no moment, and wants asOf beside it", async () => {
    const args = { application, endDate: "2031-01-01T00:00:00Z", rotateNow: "yes" };
    expect(await problemsOf(() => new ClientSecret("loader", args))).toEqual([
      'rotateNow: got "yes"; needed a date and time with its zone, as RFC 3339 writes it. Write, for example, "2027-01-31T00:00:00Z".',
      'asOf: got nothing; needed the moment to read rotateNow at. Write, for example, "2027-02-01T00:00:00Z".',
    ]);
  });

  it("refuses a staging in which three secrets would be valid together", async () => {
    const rotation = { startsAt: "2030-01-01T00:00:00Z", everyDays: 30, overlapDays: 20, stageDays: 11 };
    expect(
      await problemsOf(() => new ClientSecret("loader", { application, rotation, asOf: rotation.startsAt })),
    ).toEqual([
      "rotation.stageDays: got 11; needed a whole number of days, no more than everyDays less overlapDays, from 1 to 10. Write, for example, 10.",
    ]);
  });

  it("tells every problem of its arguments at once", async () => {
    const args = { application, rotation: { startsAt: "2030-01-01", everyDays: 10, overlapDays: 11 } };
    expect(await problemsOf(() => new ClientSecret("loader", args))).toEqual([
      'rotation.startsAt: got "2030-01-01"; needed a date and time with its zone, as RFC 3339 writes it. Write, for example, "2027-01-31T00:00:00Z".',
      "rotation.overlapDays: got 11; needed a whole number of days, no more than everyDays, from 1 to 10. Write, for example, 10.",
      'asOf: got nothing; needed the moment to read the rotation at. Write, for example, "2027-02-01T00:00:00Z".',
    ]);
  });
});
