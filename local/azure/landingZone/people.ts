import type { UserSeed } from "../entra/seeding";
import { tenant } from "./layout";

const member = (objectId: string, givenName: string, surname: string, jobTitle: string): UserSeed => ({
  objectId,
  displayName: `${givenName} ${surname}`,
  givenName,
  surname,
  userPrincipalName: `${plain(givenName)}.${plain(surname)}@${tenant.domain}`,
  jobTitle,
});

/** The tenant's users: members, and a guest from another organization. */
export const people: readonly UserSeed[] = [
  member("5d0e7a31-1c2f-4b86-9e57-8f3a6c2d1b04", "Ingrid", "Vermeer", "Platform engineer"),
  member("6e1f8b42-2d30-4c97-8f68-904b7d3e2c15", "Tomasz", "Nowak", "Data scientist"),
  member("7f209c53-3e41-4da8-9079-a15c8e4f3d26", "Amina", "Diallo", "Forecast analyst"),
  member("8031ad64-4f52-4eb9-a18a-b26d9f504e37", "Kenji", "Watanabe", "Security officer"),
  member("9142be75-5063-4fca-b29b-c37ea0615f48", "Lucía", "Herrera", "Product owner"),
  {
    objectId: "a253cf86-6174-40db-83ac-d48fb1726059",
    displayName: "Oskar Lind",
    givenName: "Oskar",
    surname: "Lind",
    userPrincipalName: `oskar.lind_fabrikam.example#EXT#@${tenant.initialDomain}`,
    mail: "oskar.lind@fabrikam.example",
    userType: "Guest",
  },
];

/** User principal names have no accents. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
