import pytest

from yige.lib.networks import counted_network, counted_site


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_counts_by_its_prefix(address, counted):
    assert counted_network(address) == counted


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("2001:db8:1:2::1", "2001:db8:1::"),
        ("2001:db8:1:ffff::9", "2001:db8:1::"),
        ("2001:db8:2:2::1", "2001:db8:2::"),
        ("::ffff:10.0.0.1", ""),
        ("10.0.0.1", ""),
        ("unknown", ""),
    ],
)
def test_a_site_is_a_48_of_ipv6_and_nothing_else(address, site):
    assert counted_site(address) == site
