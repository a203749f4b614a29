/** The application ID of Microsoft Graph, the same in every tenant. */
export const microsoftGraph = "00000003-0000-0000-c000-000000000000";

export const userReadAll = "df021288-bdef-4463-88db-98f22de89214";

/** Application permissions of Microsoft Graph that a daemon usually asks for. */
export const ordinaryPermissions: ReadonlyMap<string, string> = new Map([
  ["User.Read.All", userReadAll],
  ["User.ReadBasic.All", "97235f07-e226-4f63-ace3-39588e11d3a1"],
]);

/** Permissions that read or send far more than most daemons need: they are granted with a reason. */
export const sensitivePermissions: ReadonlyMap<string, string> = new Map([
  ["Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"],
  ["Device.ReadWrite.All", "1138cb37-bd11-4084-a2b7-9f71582aeddb"],
  ["Directory.Read.All", "7ab1d382-f21e-4acd-a863-ba3e13f7da61"],
  ["Mail.Read", "810c84a8-4a9e-49e6-bf7d-12d183f40d01"],
  ["Mail.Send", "b633e1c5-b582-4048-a93e-9f11b44c7e96"],
  ["Policy.ReadWrite.ApplicationConfiguration", "be74164b-cff1-491c-8741-e671cb536e13"],
  ["Policy.ReadWrite.CrossTenantAccess", "338163d7-f101-4c92-94ba-ca46fe52447c"],
]);

/** Permissions with which a daemon can take over the tenant, or all mail or files in it. */
export const dangerousPermissions: ReadonlyMap<string, string> = new Map([
  ["AdministrativeUnit.ReadWrite.All", "5eb59dd3-1da2-4329-8733-9dabdc435916"],
  ["Application.ReadUpdate.All", "fc023787-fd04-4e44-9bc7-d454f00c0f0a"],
  ["Application.ReadWrite.All", "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9"],
  ["Application.ReadWrite.OwnedBy", "18a4783c-866b-4cc7-a460-3d5e5662c884"],
  ["AppRoleAssignment.ReadWrite.All", "06b708a9-e830-4db3-a914-8e69da51d44f"],
  ["CustomAuthenticationExtension.ReadWrite.All", "c2667967-7050-4e7e-b059-4cbbb3811d03"],
  ["DelegatedAdminRelationship.ReadWrite.All", "cc13eba4-8cd8-44c6-b4d4-f93237adce58"],
  ["DelegatedPermissionGrant.ReadWrite.All", "8e8e4742-1d95-4f68-9d56-6ee75648c72a"],
  ["DeviceManagementConfiguration.ReadWrite.All", "9241abd9-d0e6-425a-bd4f-47ba86e767a4"],
  ["DeviceManagementRBAC.ReadWrite.All", "e330c4f0-4170-414e-a55a-2f022ec2b57b"],
  ["DeviceManagementScripts.ReadWrite.All", "9255e99d-faf5-445e-bbf7-cb71482737c4"],
  ["Directory.ReadWrite.All", "19dbc75e-c2e2-444c-a770-ec69d8559fc7"],
  ["Domain.ReadWrite.All", "7e05723c-0bb0-42da-be95-ae9f08a6e53c"],
  ["EntitlementManagement.ReadWrite.All", "9acd699f-1e81-4958-b001-93b1d2506e19"],
  ["Files.ReadWrite.All", "75359482-378d-4052-8f01-80520e7db3cd"],
  ["Group-OnPremisesSyncBehavior.ReadWrite.All", "2d9bd318-b883-40be-9df7-63ec4fcdc424"],
  ["Group.ReadWrite.All", "62a82d76-70ea-41e2-9197-370581804d09"],
  ["GroupMember.ReadWrite.All", "dbaae8cf-10b5-4b86-a4a1-f871c94c6695"],
  ["IdentityProvider.ReadWrite.All", "90db2b9a-d928-4d33-a4dd-8442ae3d41e4"],
  ["IdentityUserFlow.ReadWrite.All", "65319a09-a2be-469d-8782-f6b07debf789"],
  ["LicenseAssignment.ReadWrite.All", "5facf0c1-8979-4e95-abcf-ff3d079771c0"],
  ["Mail-Advanced.ReadWrite.All", "e118f1da-5c1c-46cf-bff6-8858d786f46f"],
  ["Mail.ReadWrite", "e2a3a72e-5f79-4c64-b1b1-878b674786c9"],
  ["OnPremDirectorySynchronization.ReadWrite.All", "c22a92cc-79bf-4bb1-8b6c-e0a05d3d80ce"],
  ["Organization.ReadWrite.All", "292d869f-3427-49a8-9dab-8c70152b74e9"],
  ["Policy.ReadWrite.AuthenticationMethod", "29c18626-4985-4dcd-85c0-193eef327366"],
  ["Policy.ReadWrite.Authorization", "fb221be6-99f2-473f-bd32-01c6a0e9ca3b"],
  ["Policy.ReadWrite.ConditionalAccess", "01c0a623-fc9b-48e9-b794-0756f8e8f067"],
  ["Policy.ReadWrite.PermissionGrant", "a402ca1c-2696-4531-972d-6e5ee4aa11ea"],
  ["Policy.ReadWrite.SecurityDefaults", "1c6e93a6-28e2-4cbb-9f64-1a46a821124d"],
  ["Policy.ReadWrite.TrustFramework", "79a677f7-b79d-40d0-a36a-3e6f8688dd7a"],
  ["PrivilegedAccess.ReadWrite.AzureAD", "854d9ab1-6657-4ec8-be45-823027bcd009"],
  ["PrivilegedAccess.ReadWrite.AzureADGroup", "2f6817f8-7b12-4f0f-bc18-eeaf60705a9e"],
  ["PrivilegedAccess.ReadWrite.AzureResources", "6f9d5abc-2db6-400b-a267-7de22a40fb87"],
  ["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", "41202f2c-f7ab-45be-b001-85c9728b9d69"],
  ["PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", "618b6020-bca8-4de6-99f6-ef445fa4d857"],
  ["RoleAssignmentSchedule.ReadWrite.Directory", "dd199f4a-f148-40a4-a2ec-f0069cc799ec"],
  ["RoleEligibilitySchedule.ReadWrite.Directory", "fee28b28-e1f3-4841-818e-2704dc62245f"],
  ["RoleManagement.ReadWrite.Defender", "8b7e8c0a-7e9d-4049-97ec-04b5e1bcaf05"],
  ["RoleManagement.ReadWrite.Directory", "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"],
  ["RoleManagement.ReadWrite.Exchange", "025d3225-3f02-4882-b4c0-cd5b541a4e80"],
  ["RoleManagementPolicy.ReadWrite.AzureADGroup", "b38dcc4d-a239-4ed6-aa84-6c65b284f97c"],
  ["RoleManagementPolicy.ReadWrite.Directory", "31e08e0a-d3f7-4ca2-ac39-7343fb83e8ad"],
  ["SecurityIdentitiesActions.ReadWrite.All", "af2bf46f-7bf1-4be3-8bad-e17e279e8462"],
  ["SignInIdentifier.ReadWrite.All", "7fc588a2-ea2d-4d1f-bcf7-33c324b149b8"],
  ["Sites.FullControl.All", "a82116e5-55eb-4c41-a434-62fe8a61c773"],
  ["Sites.ReadWrite.All", "9492366f-7969-46a4-8d15-ed1a20078fff"],
  ["Synchronization.ReadWrite.All", "9b50c33d-700f-43b1-b2eb-87e89b703581"],
  ["Teamwork.Migrate.All", "dfb0dd15-61de-45b2-be36-d6a69fba3c79"],
  ["TrustFrameworkKeySet.ReadWrite.All", "4a771c9a-1cf2-4609-b88e-3d3e02d539cd"],
  ["User-ConvertToInternal.ReadWrite.All", "9d952b72-f741-4b40-9185-8c53076c2339"],
  ["User-PasswordProfile.ReadWrite.All", "cc117bb9-00cf-4eb8-b580-ea2a878fe8f7"],
  ["User.DeleteRestore.All", "eccc023d-eccf-4e7b-9683-8813ab36cecc"],
  ["User.EnableDisableAccount.All", "3011c876-62b7-4ada-afa2-506cbbecc68c"],
  ["User.ManageIdentities.All", "c529cfca-c91b-489c-af2b-d92990b66ce6"],
  ["User.ReadWrite.All", "741f803b-c850-494e-b5df-cde7c675a1ca"],
  ["UserAuthenticationMethod.ReadWrite.All", "50483e42-d915-4231-9639-7fdb7fd190e5"],
  ["UserAuthMethod-Email.ReadWrite.All", "e8ecb853-1435-4a49-95ba-ec5b31b11672"],
  ["UserAuthMethod-External.ReadWrite.All", "c7a22c2e-5b01-4129-8159-6c8be2c78f16"],
  ["UserAuthMethod-HardwareOATH.ReadWrite.All", "7e9ebcc1-90aa-4471-8051-e68d6b4e9c89"],
  ["UserAuthMethod-MicrosoftAuthApp.ReadWrite.All", "c833c349-a1ab-4b6d-94a2-fa9a8674420c"],
  ["UserAuthMethod-Passkey.ReadWrite.All", "0400e371-7db1-4338-a269-96069eb65227"],
  ["UserAuthMethod-Password.ReadWrite.All", "f6d38dfd-ec08-4995-8f07-23e929df0936"],
  ["UserAuthMethod-Phone.ReadWrite.All", "6e85d483-7092-4375-babe-0a94a8213a58"],
  ["UserAuthMethod-PlatformCred.ReadWrite.All", "1a87acf4-a9ca-4576-a974-452ea265d5f6"],
  ["UserAuthMethod-QR.ReadWrite.All", "4869299f-18c3-40c8-98f2-222657e67db1"],
  ["UserAuthMethod-SoftwareOATH.ReadWrite.All", "787442d4-3c6e-4e99-aa95-8ccca20a48ff"],
  ["UserAuthMethod-TAP.ReadWrite.All", "627169a8-8c15-451c-861a-5b80e383de5c"],
  ["UserAuthMethod-WindowsHello.ReadWrite.All", "f14eee8a-713e-45aa-8223-2ab74632db1a"],
]);

const names = new Map(
  [ordinaryPermissions, sensitivePermissions, dangerousPermissions].flatMap((known) =>
    [...known].map(([name, id]) => [id, name] as const),
  ),
);

/** A permission's name as Microsoft Graph has it, or its ID where the name is not known here. */
export const permissionName = (appRoleId: string): string => names.get(appRoleId.toLowerCase()) ?? appRoleId;
