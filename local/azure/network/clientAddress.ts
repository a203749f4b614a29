/** The address that every client of local Azure appears to come from; firewalls are held against it. RFC 5737. */
export const clientAddress = "203.0.113.10";
