import { permissionsOf } from "../dataLake/acl";
import { lengthOf, type PathRecord } from "../dataLake/pathRecord";
import { expiryOf, isSticky } from "./storeTree";

const blockSize = 268_435_456;

/** A path as GETFILESTATUS and LISTSTATUS show it. @param pathSuffix its name in the listed directory */
export function fileStatus(record: PathRecord, pathSuffix: string): object {
  const { isDirectory, created, lastModified, owner, group, acl } = record;
  const expiry = expiryOf(record);
  return {
    length: lengthOf(record),
    pathSuffix,
    type: isDirectory ? "DIRECTORY" : "FILE",
    blockSize: isDirectory ? 0 : blockSize,
    accessTime: Date.parse(created),
    modificationTime: Date.parse(lastModified),
    replication: isDirectory ? 0 : 1,
    permission: octalOf(record),
    owner,
    group,
    ...(isDirectory ? {} : { msExpirationTime: expiry ?? 0 }),
    aclBit: acl.length > 3,
  };
}

/** "770", with a 1 before it where the directory is sticky. */
export function octalOf(record: PathRecord): string {
  const bits = permissionsOf(record.acl).slice(0, 9).replace(/[rwx]/g, "1").replace(/-/g, "0");
  const octal = parseInt(bits, 2).toString(8).padStart(3, "0");
  return isSticky(record) ? `1${octal}` : octal;
}
