import type { PropertyMap, Value } from "../server/values";
import { flag, list, object, output, type Attribute } from "./attributes";
import { flagOf, listOf, mapOf } from "./graphValues";

// Graph keeps the features of an application as tags with these names.
const tagOf = {
  customSingleSignOn: "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
  enterprise: "WindowsAzureActiveDirectoryIntegratedApp",
  gallery: "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1",
  hide: "HideApp",
} as const;

export const featureTags = (details: Partial<typeof output & { conflictsWith: readonly string[] }> = {}): Attribute =>
  list(
    "feature_tags",
    object("feature_tags", {
      customSingleSignOn: flag("custom_single_sign_on"),
      enterprise: flag("enterprise"),
      gallery: flag("gallery"),
      hide: flag("hide"),
    }),
    { computed: true, ...details },
  );

/** The same under their old names, which the provider still has for service principals. */
export const oldFeatures = (details: Partial<typeof output & { conflictsWith: readonly string[] }> = {}): Attribute =>
  list(
    "features",
    object("features", {
      customSingleSignOnApp: flag("custom_single_sign_on_app"),
      enterpriseApplication: flag("enterprise_application"),
      galleryApplication: flag("gallery_application"),
      visibleToUsers: flag("visible_to_users", { default: true }),
    }),
    { computed: true, ...details },
  );

function underNewNames(old: PropertyMap): PropertyMap {
  return {
    customSingleSignOn: old["customSingleSignOnApp"],
    enterprise: old["enterpriseApplication"],
    gallery: old["galleryApplication"],
    hide: !flagOf(old["visibleToUsers"] ?? true),
  };
}

/** The tags that inputs ask for: by feature, else as stated. */
export function tagsOf(inputs: PropertyMap): string[] {
  const [features] = listOf(inputs["featureTags"]);
  const [old] = listOf(inputs["features"]);
  if (features === undefined && old === undefined) {
    return listOf(inputs["tags"]).map(String);
  }
  const wanted = features === undefined ? underNewNames(mapOf(old)) : mapOf(features);
  return Object.entries(tagOf).flatMap(([feature, tag]) => (flagOf(wanted[feature]) ? [tag] : []));
}

export function featuresIn(tags: readonly string[]): Value {
  const present = new Set(tags.map((tag) => tag.toLowerCase()));
  return [Object.fromEntries(Object.entries(tagOf).map(([feature, tag]) => [feature, present.has(tag.toLowerCase())]))];
}

export function oldFeaturesIn(tags: readonly string[]): Value {
  const [found] = listOf(featuresIn(tags));
  const { customSingleSignOn, enterprise, gallery, hide } = mapOf(found);
  return [
    {
      customSingleSignOnApp: flagOf(customSingleSignOn),
      enterpriseApplication: flagOf(enterprise),
      galleryApplication: flagOf(gallery),
      visibleToUsers: !flagOf(hide),
    },
  ];
}
