import {
  aclAllows,
  aclOfMode,
  formatAcl,
  inheritedAcl,
  modifyAcl,
  parseAcl,
  parseAclKeys,
  parseMode,
  permissionsOf,
  removeAcl,
  withPermissions,
  type Acl,
} from "../../../../local/azure/dataLake/acl";

const acl = (text: string): Acl => {
  const parsed = parseAcl(text);
  if (parsed === undefined) {
    throw new Error(`not a list: ${text}`);
  }
  return parsed;
};

it("reads and writes lists in Azure's form", () => {
  const text = "user::rwx,user:ana:r-x,group::r-x,mask::r-x,other::---,default:user::rwx";
  expect(formatAcl(acl(text))).toBe(text);
  expect(["user::rwz", "nobody::rwx", "user:rwx", ""].map(parseAcl)).toEqual(Array(4).fill(undefined));
});

it("reads modes in letters and in octal", () => {
  expect(["rwxr-x---", "0750", "750", "rwxr-x--T", "rw-rw-rwt"].map(parseMode)).toEqual([
    0o750, 0o750, 0o750, 0o750, 0o667,
  ]);
  expect(["rwxr-x", "0780", "abc"].map(parseMode)).toEqual([undefined, undefined, undefined]);
  expect(permissionsOf(aclOfMode(0o750))).toBe("rwxr-x---");
});

it("works a mask out for named entries, and keeps one that is given", () => {
  const own = aclOfMode(0o740);
  const widened = modifyAcl(own, acl("user:ana:-wx"));
  expect(formatAcl(widened)).toBe("user::rwx,group::r--,other::---,user:ana:-wx,mask::rwx");
  expect(permissionsOf(widened)).toBe("rwxrwx---+");
  expect(formatAcl(modifyAcl(widened, acl("user:ana:r--")))).toContain("mask::r--");
  expect(formatAcl(modifyAcl(own, acl("user:ana:rwx,mask::r--")))).toContain("mask::r--");
});

it("puts new permissions in the mask's place where there is a mask", () => {
  const changed = withPermissions(acl("user::rwx,user:ana:rwx,group::r-x,mask::rwx,other::---"), aclOfMode(0o700));
  expect(formatAcl(changed)).toBe("user::rwx,user:ana:rwx,group::r-x,mask::---,other::---");
});

it("removes entries by their names alone", () => {
  const gone = parseAclKeys("user:ana,default:group:ops") ?? [];
  const left = removeAcl(acl("user::rwx,user:ana:r-x,default:group:ops:r-x,default:user:ana:r-x"), gone);
  expect(formatAcl(left)).toBe("user::rwx,default:user:ana:r-x");
});

it("hands a directory's default entries to its children, on to directories only", () => {
  const parent = acl("user::rwx,default:user::rw-,default:other::---");
  expect(formatAcl(inheritedAcl(parent, false) ?? [])).toBe("user::rw-,other::---");
  expect(formatAcl(inheritedAcl(parent, true) ?? [])).toBe("user::rw-,other::---,default:user::rw-,default:other::---");
  expect(inheritedAcl(aclOfMode(0o750), true)).toBeUndefined();
});

describe("who a list lets in", () => {
  const list = acl("user::-wx,user:ana:rwx,group::---,group:readers:r-x,group:writers:-w-,mask::r-x,other::--x");
  const allows = (principals: readonly string[], wanted: string): boolean =>
    aclAllows({ acl: list, owner: "own", group: "staff" }, principals, wanted);

  it("is the owner by the owner's entry, a named user by theirs, and everyone else as others", () => {
    expect([allows(["own"], "r"), allows(["own"], "wx")]).toEqual([false, true]);
    expect([allows(["ana"], "r"), allows(["ana"], "rw")]).toEqual([true, false]);
    expect([allows(["ben"], "x"), allows(["ben"], "r")]).toEqual([true, false]);
  });

  it("is a group's member by the entry of one group, under the mask, and no longer as others", () => {
    expect([allows(["ben", "readers"], "rx"), allows(["ben", "else", "readers"], "r")]).toEqual([true, true]);
    expect([allows(["ben", "writers"], "w"), allows(["ben", "writers"], "x")]).toEqual([false, false]);
    expect([allows(["ben", "staff"], "x"), allows(["ben", "readers", "writers"], "rw")]).toEqual([false, false]);
    expect(allows(["ana", "writers"], "r")).toBe(true);
  });
});
