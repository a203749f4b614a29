/** What each of Pulumi's resource options does on every component: option to a sentence or two. */
export const resourceOptions: Readonly<Record<string, string>> = {
  protect:
    "Protects the component's resources. Credentials and grants are not protected, so that one that is removed from the program is revoked: client secrets, certificates, federated credentials, Microsoft Graph permissions and role assignments. An update that would replace a protected resource fails at preview.",
  retainOnDelete:
    "Leaves the component's resources in Azure when they are removed from the program. Credentials and grants are still deleted, so the daemon stops working; to move a daemon to another program, move its state.",
  ignoreChanges: "Affects only the component itself, not its resources.",
  deleteBeforeReplace: "Affects only the component itself, not its resources.",
  provider: "Declares the component's resources of the provider's own package.",
  providers: "Declares the component's resources of each package with the provider of that package.",
  aliases:
    "Keeps the component's resources under a new name, a client secret included. What is named after the component by default gets the new name: the display name of a DaemonAccess's application changes in place; its secrets in the vault, and a cluster without computeName, are replaced.",
  dependsOn: "The component and its resources wait for these resources.",
  transforms: "Applies to the component and each of its resources.",
};

/** The options as a section of a component's page. */
export const optionsSection = (): string[] => [
  "## Resource options",
  ["| option | what it does |", "| --- | --- |"]
    .concat(Object.entries(resourceOptions).map(([option, what]) => `| \`${option}\` | ${what} |`))
    .join("\n"),
];
