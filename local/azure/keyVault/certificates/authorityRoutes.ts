import { z } from "zod";
import type { Cloud } from "../../cloud";
import { json, type AzureRequest } from "../../http/message";
import type { Router } from "../../http/router";
import { authorityActions } from "../dataAccess";
import { badParameter, contactsNotFound, issuerNotFound } from "../errors";
import { page } from "../page";
import { checkSecretName } from "../secretInput";
import { allow, checked, parsed, type VaultContext } from "../vaultContext";
import type { Contact, IssuerRecord } from "./authorities";

const text = z.string().nullish();
const person = { email: text, phone: text };
const issuerBody = z.object({
  provider: text,
  credentials: z.object({ account_id: text, pwd: text }).nullish(),
  org_details: z
    .object({
      id: text,
      admin_details: z.array(z.object({ first_name: text, last_name: text, ...person })).nullish(),
    })
    .nullish(),
  attributes: z.object({ enabled: z.boolean().nullish() }).nullish(),
});
const contactsBody = z.object({ contacts: z.array(z.object({ email: z.string(), name: text, phone: text })) });

/** The accounts at certificate authorities, and the contacts. No certificate of an authority's is issued here. */
export function addAuthorityRoutes(router: Router<VaultContext>): void {
  router
    .on("GET", "/certificates/issuers", (request, _parameters, context) => {
      allow(context, authorityActions.list);
      return page(
        request,
        context.authorities.allIssuers(),
        ({ name }) => name,
        (issuer) => ({ id: idOf(context, issuer), provider: issuer.provider }),
      );
    })
    .on("GET", "/certificates/issuers/:name", (_request, { name = "" }, context) => {
      allow(context, authorityActions.get);
      return json(200, shown(context, existing(context, name)));
    })
    .on("PUT", "/certificates/issuers/:name", (request, { name = "" }, context) => {
      allow(context, authorityActions.set);
      checked(() => {
        checkSecretName(name);
      });
      return json(200, shown(context, changed(request, context, { name, created: seconds(context.cloud) })));
    })
    .on("PATCH", "/certificates/issuers/:name", (request, { name = "" }, context) => {
      allow(context, authorityActions.set);
      return json(200, shown(context, changed(request, context, existing(context, name))));
    })
    .on("DELETE", "/certificates/issuers/:name", (_request, { name = "" }, context) => {
      allow(context, authorityActions.delete);
      const issuer = existing(context, name);
      context.authorities.deleteIssuer(issuer);
      return json(200, shown(context, issuer));
    })
    .on("GET", "/certificates/contacts", (_request, _parameters, context) => {
      allow(context, authorityActions.contacts);
      return json(200, contactsView(context, existingContacts(context)));
    })
    .on("PUT", "/certificates/contacts", (request, _parameters, context) => {
      allow(context, authorityActions.contacts);
      const { contacts } = parsed(contactsBody, request);
      context.authorities.saveContacts(contacts);
      return json(200, contactsView(context, contacts));
    })
    .on("DELETE", "/certificates/contacts", (_request, _parameters, context) => {
      allow(context, authorityActions.contacts);
      const contacts = existingContacts(context);
      context.authorities.deleteContacts();
      return json(200, contactsView(context, contacts));
    });
}

const seconds = (cloud: Cloud): number => Math.floor(cloud.clock.now().getTime() / 1000);

/** Saves an issuer as a request says; what it leaves out is as before. */
function changed(
  request: AzureRequest,
  { authorities, cloud }: VaultContext,
  before: Partial<IssuerRecord> & Pick<IssuerRecord, "name" | "created">,
): IssuerRecord {
  const { provider, credentials, org_details: organization, attributes } = parsed(issuerBody, request);
  const known = provider ?? before.provider;
  if (known === undefined) throw badParameter("Property provider is required.");
  const password = credentials?.pwd;
  return authorities.saveIssuer({
    name: before.name,
    provider: known,
    accountId: credentials?.account_id ?? before.accountId,
    sealedPassword: password == null ? before.sealedPassword : cloud.stateKey.seal(password),
    organizationId: organization?.id ?? before.organizationId,
    administrators: organization?.admin_details ?? before.administrators ?? [],
    enabled: attributes?.enabled ?? before.enabled ?? true,
    created: before.created,
    updated: seconds(cloud),
  });
}

/** The password is never shown again. */
function shown(context: VaultContext, issuer: IssuerRecord): object {
  const { provider, accountId, organizationId, administrators, enabled, created, updated } = issuer;
  return {
    id: idOf(context, issuer),
    provider,
    credentials: { account_id: accountId },
    org_details: { id: organizationId, zip: 0, admin_details: administrators },
    attributes: { enabled, created, updated },
  };
}

const idOf = (context: VaultContext, { name }: IssuerRecord): string => `${base(context)}/issuers/${name}`;

const base = ({ vault }: VaultContext): string => `https://${vault.name.toLowerCase()}.vault.azure.net/certificates`;

const contactsView = (context: VaultContext, contacts: readonly Contact[]): object => ({
  id: `${base(context)}/contacts`,
  contacts,
});

function existing({ authorities }: VaultContext, name: string): IssuerRecord {
  const issuer = authorities.issuer(name);
  if (issuer === undefined) throw issuerNotFound(name);
  return issuer;
}

function existingContacts({ authorities }: VaultContext): readonly Contact[] {
  const contacts = authorities.contacts();
  if (contacts === undefined) throw contactsNotFound();
  return contacts;
}
