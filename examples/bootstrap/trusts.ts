import type { Trust } from "./pipelineIdentity";
import type { Settings } from "./settings";

const githubIssuer = "https://token.actions.githubusercontent.com";

/** Who signs in as which identity. A GitHub environment's protection rules guard what its subject may do. */
export function trusts({ stack, github, azureDevOps }: Settings): { deployer: Trust[]; previewer: Trust[] } {
  const environment = (name: string): Trust[] =>
    github === undefined
      ? []
      : [{ name: `github-${name}`, issuer: githubIssuer, subject: `repo:${github.repository}:environment:${name}` }];
  return {
    deployer: [
      ...environment(stack),
      ...environment(`${stack}-destroy`),
      ...(azureDevOps === undefined ? [] : [{ name: `azure-devops-${stack}`, ...azureDevOps.deploy }]),
    ],
    previewer: [
      ...environment(`${stack}-preview`),
      ...(azureDevOps === undefined ? [] : [{ name: `azure-devops-${stack}-preview`, ...azureDevOps.preview }]),
    ],
  };
}
