"""Which network an address belongs to, for counting: whoever has one address of IPv6 has a whole /64 of them."""

import ipaddress

IPV6_PREFIX = 64


def counted_network(address) -> str:
    """Return an address of IPv4 as it is, one of IPv6 by its prefix; what is no address stays as it came."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), IPV6_PREFIX), strict=False).network_address)
