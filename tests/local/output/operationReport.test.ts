import { doctorCommand } from "../../../local/output/operationReport";

describe("the command that looks for a failure's cause", () => {
  it("names the stack", () => {
    expect(doctorCommand({ stack: "dev", project: process.cwd() })).toBe(
      "npx daemon-access doctor --stack dev --local",
    );
  });

  it("names the program's directory where that is another than this one, as a shell takes it", () => {
    expect(doctorCommand({ stack: "dev", project: "/srv/forecast" })).toBe(
      "npx daemon-access doctor --stack dev --local --cwd /srv/forecast",
    );
    expect(doctorCommand({ stack: "dev", project: "/srv/our forecast" })).toBe(
      'npx daemon-access doctor --stack dev --local --cwd "/srv/our forecast"',
    );
  });
});
