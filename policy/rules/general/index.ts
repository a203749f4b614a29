import { approvedRegions } from "./regions";
import { requiredTags } from "./tags";
import { waiversInOrder } from "./waivers";

export const generalRules = [approvedRegions, requiredTags, waiversInOrder];
