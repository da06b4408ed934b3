"""Which network an address belongs to, for counting: whoever has one address of IPv6 has a whole /64 of them, a firm a /48."""

import ipaddress

IPV6_PREFIX, IPV6_SITE = 64, 48


def counted_network(address) -> str:
    """Return an address of IPv4 as it is, one of IPv6 by its prefix; what is no address stays as it came."""
    parsed = _parsed(address)
    if parsed is None:
        return address
    return str(parsed) if parsed.version == 4 else _prefix(parsed, IPV6_PREFIX)


def counted_site(address) -> str:
    """Return the /48 around an address of IPv6, which one customer of a carrier may hold whole; "" for any other."""
    parsed = _parsed(address)
    return _prefix(parsed, IPV6_SITE) if parsed is not None and parsed.version == 6 else ""


def _parsed(address):
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return (parsed.version == 6 and parsed.ipv4_mapped) or parsed


def _prefix(parsed, length):
    return str(ipaddress.ip_network((int(parsed), length), strict=False).network_address)
