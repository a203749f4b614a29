import {
  daemonIn,
  hasDaemon,
  type SettingsText,
  withDaemon,
  withoutDaemon,
} from "../../../../tools/estate/move/daemonText";

const setting = "azure-daemon-access:daemons";
const settings = (text: string): SettingsText => ({ file: "Pulumi.dev.yaml", text, setting });

const source = settings(`# Who may do what.
config:
  ${setting}:
    # Loads the forecasts.
    - name: loader # the first
      notes: |
        Two lines,

        with one between.
      secret:
        endDate: "2030-01-01T00:00:00Z"

    # Sends mail.
    - name: mailer
  azure-daemon-access:location: westeurope
`);
const loader = `# Loads the forecasts.
    - name: loader # the first
      notes: |
        Two lines,

        with one between.
      secret:
        endDate: "2030-01-01T00:00:00Z"
`;

describe("a daemon's settings", () => {
  it("go with their comments, and every other byte stays", () => {
    expect(withoutDaemon(source, "loader")).toBe(source.text.replace(`    ${loader}`, ""));
    expect(withoutDaemon(source, "mailer")).toBe(source.text.replace("    # Sends mail.\n    - name: mailer\n", ""));
  });

  it("come to the end of another file's list, in its indentation and its ends of lines", () => {
    const list = `config:\r\n  ${setting}:\r\n  - name: other\r\n    # last\r\n\r\n  a:b: c`;
    expect(withDaemon(settings(list), daemonIn(source, "loader"))).toBe(
      list.replace("    # last\r\n", `    # last\r\n  ${loader.replaceAll("\n    ", "\n  ").replaceAll("\n", "\r\n")}`),
    );
  });

  it.each([
    ["no list", "config:\n  a:b: c", `config:\n  a:b: c\n  ${setting}:\n`],
    ["an empty list", `config:\n  ${setting}: [] # none yet\n`, `config:\n  ${setting}: # none yet\n`],
  ])("come to a file with %s", (_, text, head) => {
    expect(withDaemon(settings(text), daemonIn(source, "loader"))).toBe(`${head}    ${loader}`);
  });

  it("leave an empty list when the last one goes, and come back", () => {
    const one = settings(`config:\n  ${setting}: # ours\n    - name: loader\n`);
    const without = withoutDaemon(one, "loader");
    expect(without).toBe(`config:\n  ${setting}: [] # ours\n`);
    expect(hasDaemon(settings(without), "loader")).toBe(false);
    expect(withDaemon(settings(without), daemonIn(one, "loader"))).toBe(one.text);
  });

  it.each([
    [`config:\n  ${setting}:\n    - name: other\n`, 'Pulumi.dev.yaml has no daemon "loader". It has other.'],
    [`config:\n  ${setting}: [{ name: loader }]\n`, "write the daemons in block style"],
    [`config:\n  ${setting}:\n    - { name: loader }\n`, "write the daemons in block style"],
    [`config:\n  ${setting}:\n    -\n      name: loader\n`, "write the dash and the first setting on one line"],
    [`config:\n  ${setting}:\n    - name: loader\n      notes: &a x\n`, "without anchors and aliases"],
    [`config:\n  ${setting}:\n    - name: loader\n      notes:\n        secure: v1\n`, "encrypted for this stack"],
  ])("are refused in %j", (text, told) => {
    expect(() => daemonIn(settings(text), "loader")).toThrow(told);
  });
});
