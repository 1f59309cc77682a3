//! From which address a request comes.

use super::Peer;
use axum::http::{Extensions, HeaderMap, HeaderName};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const FORWARDED: [HeaderName; 2] = [HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("forwarded")];

/// The address of whoever asks. What a header says counts only as far as a trusted proxy has written it.
pub fn address(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    // Without a socket there is nobody else to share it with.
    let Peer(peer) = extensions.get().copied().unwrap_or(Peer(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return peer;
    }
    let [list, _] = &FORWARDED;
    let values: Vec<&str> = headers.get_all(list).iter().filter_map(|value| value.to_str().ok()).collect();
    // Each proxy adds at the end whom it heard from: the first from there that is no proxy of ours is who asks.
    let mut heard = peer;
    for named in values.iter().rev().flat_map(|value| value.rsplit(',')) {
        let Ok(named) = named.trim().parse::<IpAddr>() else { break };
        heard = named.to_canonical();
        if !trusted.contains(&heard) {
            break;
        }
    }
    heard
}

/// Whether it is this machine that asks, and nobody through a proxy on it.
pub fn is_this_machine(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpAddr]) -> bool {
    let is_forwarded = FORWARDED.iter().any(|name| headers.contains_key(name));
    address(extensions, headers, trusted).is_loopback() && !is_forwarded
}

/// What is counted as one: of IPv6, whoever has one address has its whole network of 2⁶⁴.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits((address.to_bits() >> 64) << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(peer: &str, said: &[&str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(peer.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for value in said {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|ip| ip.parse().unwrap()).collect();
        address(&extensions, &headers, &trusted).to_string()
    }

    #[test]
    fn without_a_trusted_proxy_nobody_speaks_for_another() {
        assert_eq!(heard("9.9.9.9", &["1.1.1.1"], &[]), "9.9.9.9");
        assert_eq!(heard("9.9.9.9", &["1.1.1.1"], &["10.0.0.1"]), "9.9.9.9");
    }

    #[test]
    fn a_trusted_proxy_is_believed_about_whom_it_heard_and_no_further() {
        assert_eq!(heard("10.0.0.1", &["1.1.1.1"], &["10.0.0.1"]), "1.1.1.1");
        assert_eq!(heard("10.0.0.1", &["6.6.6.6, 1.1.1.1"], &["10.0.0.1"]), "1.1.1.1");
        assert_eq!(heard("10.0.0.1", &["6.6.6.6", "1.1.1.1, 10.0.0.2"], &["10.0.0.1", "10.0.0.2"]), "1.1.1.1");
        assert_eq!(heard("::ffff:10.0.0.1", &["1.1.1.1"], &["10.0.0.1"]), "1.1.1.1");
    }

    #[test]
    fn nonsense_from_a_proxy_leaves_the_proxy_itself() {
        assert_eq!(heard("10.0.0.1", &["1.1.1.1, unknown"], &["10.0.0.1"]), "10.0.0.1");
        assert_eq!(heard("10.0.0.1", &[], &["10.0.0.1"]), "10.0.0.1");
    }

    #[test]
    fn one_network_of_ipv6_counts_as_one() {
        let [one, other, far] =
            ["2001:db8:0:1::1", "2001:db8:0:1:ffff::9", "2001:db8:0:2::1"].map(|ip| neighbourhood(ip.parse().unwrap()));
        assert_eq!(one, other);
        assert_ne!(one, far);
    }
}
