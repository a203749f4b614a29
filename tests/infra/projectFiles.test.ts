import { STRUCTURED_SETTINGS, TEXT_SETTINGS } from "../../infra/schema";
import { identities, resourceGroups, subscription, tenant, workspaceId } from "../../local/azure/landingZone/layout";
import { projectFile, stackSettings } from "../support/stackSettings";

describe("Pulumi.yaml", () => {
  const { config } = projectFile("Pulumi.yaml") as { config: Record<string, { type: string; description: string }> };

  it("declares and describes every setting of the schema, and no other", () => {
    expect(Object.keys(config).sort()).toEqual([...TEXT_SETTINGS, ...STRUCTURED_SETTINGS].sort());
    for (const { description } of Object.values(config)) expect(description).toMatch(/^[A-Z].{10,}/s);
  });

  it("types a setting as text where the schema reads text", () => {
    const texts = Object.entries(config).filter(([, { type }]) => type === "string");
    expect(texts.map(([name]) => name).sort()).toEqual([...TEXT_SETTINGS].sort());
  });
});

describe("Pulumi.dev.yaml", () => {
  it("names what local Azure's landing zone has", () => {
    expect(projectFile("Pulumi.dev.yaml")).toMatchObject({
      config: {
        "azure-native:subscriptionId": subscription.id,
        "azure-native:tenantId": tenant.id,
        "azuread:tenantId": tenant.id,
      },
    });
    expect(stackSettings("dev")).toMatchObject({
      resourceGroupName: resourceGroups.daemons,
      workspaceId,
      readers: [{ objectId: identities.consumer.objectId }],
    });
  });
});
