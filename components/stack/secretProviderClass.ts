import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { clientId, tenantId } from "../checks/identifiers";
import { type Check, write } from "../checks/refusal";
import { secretUri } from "./outputChecks";
import { secretId } from "./secretId";

/** Inputs of {@link secretProviderClass}. */
export interface SecretProviderClassArgs {
  /** Name of the manifest, which the pod's volume refers to. */
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** URI of the secret, without a version: one of a daemon's `secretUris`. */
  readonly secretUri: pulumi.Input<string>;
  /** Directory (tenant) ID of the vault. */
  readonly tenantId: pulumi.Input<string>;
  /** Client ID of the identity that the pods' service account stands for (workload identity). It needs a {@link CredentialReader}. */
  readonly workloadIdentityClientId: pulumi.Input<string>;
  /**
   * Name of the file in the volume.
   * @default the secret's name
   */
  readonly fileName?: string;
}

/** A manifest of `secrets-store.csi.x-k8s.io/v1`, for AKS's Key Vault add-on. */
export interface SecretProviderClassManifest {
  readonly apiVersion: "secrets-store.csi.x-k8s.io/v1";
  readonly kind: "SecretProviderClass";
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly provider: "azure";
    /** The driver takes texts alone. */
    readonly parameters: {
      readonly usePodIdentity: "false";
      readonly useVMManagedIdentity: "false";
      readonly clientID: string;
      readonly tenantId: string;
      readonly keyvaultName: string;
      /** YAML in YAML. */
      readonly objects: string;
    };
  };
}

const label: Check = (value) =>
  /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(value)
    ? undefined
    : { needed: "a Kubernetes name: lowercase letters, digits, hyphens and points", fix: write("forecast-loader") };

const file: Check = (value) =>
  /^[\w.-]{1,253}$/.test(value)
    ? undefined
    : { needed: "a file's name: letters, digits, points, hyphens and underscores", fix: write("credential.json") };

/**
 * A SecretProviderClass that mounts one secret as a file into pods on AKS, for `kubernetes.apiextensions.CustomResource`
 * or a YAML file. With the add-on's rotation turned on, the newest value reaches the file within minutes.
 *
 * @throws ArgumentError
 */
export function secretProviderClass(args: SecretProviderClassArgs): pulumi.Output<SecretProviderClassManifest> {
  const problems = new Problems("secretProviderClass", args.name);
  problems.check("name", args.name, label);
  problems.check("namespace", args.namespace, label);
  problems.checkInput("secretUri", args.secretUri, secretUri);
  problems.checkInput("tenantId", args.tenantId, tenantId);
  problems.checkInput("workloadIdentityClientId", args.workloadIdentityClientId, clientId);
  problems.checkOptional("fileName", args.fileName, file);
  problems.throwIfAny();

  return pulumi
    .all([
      problems.onArrival("secretUri", args.secretUri, secretUri),
      problems.idOnArrival("tenantId", args.tenantId, tenantId),
      problems.idOnArrival("workloadIdentityClientId", args.workloadIdentityClientId, clientId),
    ])
    .apply(([uri, tenant, workload]) => manifest(args, uri, tenant, workload));
}

function manifest(
  args: SecretProviderClassArgs,
  uri: string,
  tenant: string,
  workload: string,
): SecretProviderClassManifest {
  const { vault, name } = secretId(uri);
  return {
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata: { name: args.name, namespace: args.namespace },
    spec: {
      provider: "azure",
      parameters: {
        usePodIdentity: "false",
        useVMManagedIdentity: "false",
        clientID: workload,
        tenantId: tenant,
        keyvaultName: vault,
        objects: mountedObjects(name, args.fileName ?? name),
      },
    },
  };
}

/** An empty version means the newest. */
const mountedObjects = (name: string, alias: string): string =>
  [
    "array:",
    "  - |",
    `    objectName: ${name}`,
    "    objectType: secret",
    `    objectAlias: ${alias}`,
    '    objectVersion: ""',
    "",
  ].join("\n");
