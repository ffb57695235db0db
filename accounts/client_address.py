"""Which network a request came from, as far as our own proxies vouch for it."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

# An IPv6 household has a whole /64 to write from.
_IPV6_PREFIX = 64
# What of an address is kept in the clear: a city's worth of neighbours.
_KEPT_BITS = {4: 24, 6: 48}


def client_network(remote_address: str, forwarded_for: str, *, trusted_proxies: int) -> str:
    """Return the client's IPv4 address or IPv6 /64, "" when nothing tells.

    `forwarded_for` is the X-Forwarded-For header. Each trusted proxy adds one entry on the
    right, so that with two proxies the second from the right is the client as the outer one
    saw it. Whatever stands further left was written by the client.
    """
    entries = [entry.strip() for entry in forwarded_for.split(",")]
    if trusted_proxies and len(entries) >= trusted_proxies:
        forwarded = _network(entries[-trusted_proxies])
        if forwarded:
            return forwarded
    return _network(remote_address)


def network_prefix(network: str) -> str:
    """Return the outer part of a client's network, such as 203.0.113.0/24; "" for none."""
    if not network:
        return ""
    address = ip_address(network.partition("/")[0])
    return str(ip_network((address, _KEPT_BITS[address.version]), strict=False))


def _network(text: str) -> str:
    try:
        address: IPv4Address | IPv6Address | None = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            # The zone of a link-local address is not part of the network.
            return str(IPv6Network((int(address), _IPV6_PREFIX), strict=False))
        address = address.ipv4_mapped
    return str(address)
