import type { ServiceError } from "../../http/serviceError";
import { armError } from "../errors";

const service = { "x-ms-failure-cause": "service" };

const networkError = (status: number, code: string, message: string): ServiceError =>
  armError(status, code, message, service);

export const invalidReference = (referenced: string, by: string): ServiceError =>
  networkError(
    400,
    "InvalidResourceReference",
    `Resource ${referenced} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );

export const invalidSubnet = (subnet: string, network: string): ServiceError =>
  networkError(400, "NetcfgInvalidSubnet", `Subnet '${subnet}' is not valid in virtual network '${network}'.`);

export const subnetsOverlap = (subnet: string, other: string): ServiceError =>
  networkError(
    400,
    "NetcfgSubnetRangesOverlap",
    `Subnet '${subnet}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network: '${other}'.`,
  );

export const subnetInUse = (subnet: string, user: string): ServiceError =>
  networkError(
    400,
    "InUseSubnetCannotBeDeleted",
    `Subnet ${subnet} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );

export const subnetFull = (subnet: string): ServiceError =>
  networkError(400, "SubnetIsFull", `Subnet ${subnet} does not have enough free addresses for a private endpoint.`);

export const notAPrivateLinkTarget = (target: string): ServiceError =>
  networkError(
    501,
    "NotImplemented",
    `Local Azure supports private endpoints for key vaults and storage accounts only, not for ${target}.`,
  );

export const unknownGroup = (given: readonly string[], known: readonly string[]): ServiceError =>
  networkError(
    400,
    "InvalidPrivateLinkServiceGroupId",
    `A private link connection names one group of the resource: one of '${known.join(", ")}', and not '${given.join(", ")}'.`,
  );

export const oneConnection = (endpoint: string): ServiceError =>
  networkError(
    400,
    "InvalidRequestFormat",
    `Private endpoint ${endpoint} must have exactly one private link service connection.`,
  );

export const cannotChange = (property: string, endpoint: string): ServiceError =>
  networkError(
    400,
    "PrivateEndpointCannotBeUpdated",
    `The property '${property}' of private endpoint ${endpoint} cannot be changed after its creation.`,
  );

export const zoneHasLinks = (): ServiceError =>
  networkError(
    409,
    "CannotDeleteResource",
    "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: 'virtualNetworkLinks'. Please delete all nested resources before deleting this resource.",
  );

/** The firewalls of both services know a subnet only where it has an endpoint for them. */
export const noServiceEndpoint = (subnet: string, network: string, wanted: string): ServiceError =>
  networkError(
    400,
    "SubnetsHaveNoServiceEndpointsConfigured",
    `Subnets ${subnet} of virtual network ${network} do not have ServiceEndpoints for ${wanted} resources configured. Add ${wanted} to subnet's ServiceEndpoints collection before trying to ACL ${wanted} resources to these subnets..`,
  );

export const networkNotFound = (network: string): ServiceError =>
  networkError(
    400,
    "VirtualNetworkNotFound",
    `The subnet's virtual network ${network}, or the subnet in it, was not found.`,
  );
