/** Which network addresses an article may be fetched from, decided where the connection is made. */
import { lookup as dnsLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** Somebody's own network, not the public internet. */
export class PrivateAddress extends Error {
  constructor(host: string) {
    super(`${host} is not a public address`);
    this.name = 'PrivateAddress';
  }
}

/** Answers inside Azure to every machine (keys, credentials), though the number is a public one. */
const AZURE_METADATA = '168.63.129.16';

/** Global unicast is all that IPv6 routes on the internet today; its ranges for tunnels and NAT64 are left out. */
const IPV6_INTERNET = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether the literal IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address === AZURE_METADATA) return false;
  const ip = ipaddr.parse(address);
  if (ip.range() !== 'unicast') return false;
  return ip instanceof ipaddr.IPv4 || ip.match(IPV6_INTERNET);
}

/**
 * Connects to allowed addresses only. Names are resolved once, filtered and connected to in one step, so a name
 * that resolves differently the next time gains nothing, and every redirect passes here again.
 */
export function guardedConnector(
  allows: (address: string) => boolean,
  options: buildConnector.BuildOptions,
  lookup: LookupFunction = dnsLookup,
): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardedLookup(allows, lookup) });
  return (target, callback) => {
    // A literal address is connected to without asking the lookup.
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !allows(host)) callback(new PrivateAddress(host), null);
    else connect(target, callback);
  };
}

function guardedLookup(allows: (address: string) => boolean, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const all = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const addresses = all.filter(({ address }) => allows(address));
      const [first] = addresses;
      if (!first) callback(new PrivateAddress(hostname), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
