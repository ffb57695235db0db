import pytest

from accounts.client_address import client_network


def test_without_proxies_the_header_is_ignored():
    assert client_network("192.0.2.1", "203.0.113.9", trusted_proxies=0) == "192.0.2.1"


@pytest.mark.parametrize(
    ("forwarded_for", "proxies", "expected"),
    [
        ("203.0.113.9", 1, "203.0.113.9"),
        ("198.51.100.7, 203.0.113.9", 1, "203.0.113.9"),
        ("198.51.100.7, 203.0.113.9, 10.0.0.1", 2, "203.0.113.9"),
        ("203.0.113.9,10.0.0.1", 2, "203.0.113.9"),
    ],
)
def test_proxies_are_counted_from_the_right(forwarded_for, proxies, expected):
    assert client_network("10.0.0.2", forwarded_for, trusted_proxies=proxies) == expected


@pytest.mark.parametrize("forwarded_for", ["", "nonsense", "203.0.113.9, <script>", "1.2.3"])
def test_a_useless_header_leaves_the_connection(forwarded_for):
    assert client_network("192.0.2.1", forwarded_for, trusted_proxies=1) == "192.0.2.1"


def test_fewer_entries_than_proxies_are_not_believed():
    assert client_network("192.0.2.1", "203.0.113.9", trusted_proxies=2) == "192.0.2.1"


def test_an_ipv6_household_is_one_client():
    one = client_network("2001:db8:1:2::1", "", trusted_proxies=0)
    other = client_network("2001:db8:1:2:ffff::9", "", trusted_proxies=0)
    assert one == other == "2001:db8:1:2::/64"


def test_households_are_kept_apart():
    assert client_network("2001:db8:1:3::1", "", trusted_proxies=0) == "2001:db8:1:3::/64"


def test_a_mapped_ipv4_address_is_an_ipv4_address():
    assert client_network("::ffff:192.0.2.1", "", trusted_proxies=0) == "192.0.2.1"


def test_a_unix_socket_has_no_address():
    assert client_network("", "", trusted_proxies=0) == ""
