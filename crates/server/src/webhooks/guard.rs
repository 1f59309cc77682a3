//! Where nobody is to be reached from here: whoever registers an address must not make this server ask its neighbours.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

/// Longest address, in characters.
const MAX_URL: usize = 2_000;

/// Which addresses are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Those of the public Internet, by https.
    Public,
    /// Those and, without encryption, this machine: in a demo, where there is nothing to protect.
    PublicAndThisMachine,
}

/// An address into a network that is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This address leads into a network that is not public.")
    }
}

impl std::error::Error for Forbidden {}

/// Why an address cannot be a webhook's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadTarget {
    /// It is no https address, or has more in it than host, port, path and query.
    NotHttps,
    /// It leads into a network that is not public.
    Forbidden,
}

impl Allowed {
    /// Whether an address may be connected to.
    pub fn allows(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || (self == Self::PublicAndThisMachine && address.is_loopback())
    }

    /// Reads the address of a webhook. What a name in it leads to is looked at each time it is connected to.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn target(self, text: &str) -> Result<Url, BadTarget> {
        let url = Url::parse(text).map_err(|_| BadTarget::NotHttps)?;
        let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if !is_bare || text.len() > MAX_URL {
            return Err(BadTarget::NotHttps);
        }
        let is_here = match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
            None => return Err(BadTarget::NotHttps),
        };
        match url.scheme() {
            "https" => {}
            "http" if is_here && self == Self::PublicAndThisMachine => {}
            _without_encryption => return Err(BadTarget::NotHttps),
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) | None => None,
        };
        let is_forbidden_name = is_here && self == Self::Public;
        if is_forbidden_name || address.is_some_and(|address| !self.allows(address)) {
            return Err(BadTarget::Forbidden);
        }
        Ok(url)
    }

    /// Of what a name leads to, what may be connected to: nothing else is, whatever the name leads to later.
    ///
    /// # Errors
    /// When there is something, and all of it is forbidden.
    fn among(self, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Forbidden> {
        let (is_any, allowed) = (!found.is_empty(), |address: &SocketAddr| self.allows(address.ip()));
        let allowed: Vec<SocketAddr> = found.into_iter().filter(allowed).collect();
        if is_any && allowed.is_empty() { Err(Forbidden) } else { Ok(allowed) }
    }
}

impl Resolve for Allowed {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = *self;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let addresses: Addrs = Box::new(allowed.among(found)?.into_iter());
            Ok(addresses)
        })
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        // Shared by the customers of a provider (RFC 6598), of protocols (RFC 6890), of measurements (RFC 2544).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !is_special
}

/// Only what is given out to be reached from everywhere, and nothing that has another address inside.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_given_out = first & 0xe000 == 0x2000;
    // Of protocols and tunnels (2001::/23), of documentation (2001:db8::/32, 3fff::/20), of tunnels (2002::/16).
    let is_special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        || first == 0x2002
        || (first == 0x3fff && second < 0x1000);
    is_given_out && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_of_a_network_that_is_not_public_is_reached() {
        for private in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001:0:1::1",
            "2001:db8::1",
            "fe80::1",
            "fec0::1",
            "fd00:ec2::254",
            "ff02::1",
        ] {
            assert!(!Allowed::Public.allows(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"] {
            assert!(Allowed::Public.allows(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_demo_reaches_this_machine_and_no_other_that_is_not_public() {
        for (address, allowed) in [("127.0.0.1", true), ("::1", true), ("10.0.0.1", false), ("169.254.169.254", false)]
        {
            assert_eq!(Allowed::PublicAndThisMachine.allows(address.parse().unwrap()), allowed, "{address}");
        }
    }

    #[test]
    fn only_an_https_address_is_told() {
        for good in ["https://shop.example/hook?a=b", "https://shop.example:8443/", "https://1.1.1.1/"] {
            assert!(Allowed::Public.target(good).is_ok(), "{good}");
        }
        for bad in [
            "http://shop.example/",
            "ftp://shop.example/",
            "file:///etc/passwd",
            "https://user:word@shop.example/",
            "https://shop.example/#part",
            "shop.example",
            "",
        ] {
            assert_eq!(Allowed::PublicAndThisMachine.target(bad), Err(BadTarget::NotHttps), "{bad}");
        }
        let long = format!("https://shop.example/{}", "a".repeat(MAX_URL));
        assert_eq!(Allowed::Public.target(&long), Err(BadTarget::NotHttps));
    }

    #[test]
    fn an_address_of_a_network_that_is_not_public_is_refused_however_it_is_written() {
        for bad in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://localhost/",
            "https://a.localhost/",
        ] {
            assert_eq!(Allowed::Public.target(bad), Err(BadTarget::Forbidden), "{bad}");
        }
        assert_eq!(Allowed::Public.target("http://127.0.0.1/"), Err(BadTarget::NotHttps));
        assert!(Allowed::PublicAndThisMachine.target("http://127.0.0.1:9/").is_ok());
    }

    #[test]
    fn of_what_a_name_leads_to_only_the_public_is_connected_to() {
        let sockets = |texts: &[&str]| -> Vec<SocketAddr> { texts.iter().map(|text| text.parse().unwrap()).collect() };
        let mixed = sockets(&["10.0.0.1:0", "1.1.1.1:0"]);
        assert_eq!(Allowed::Public.among(mixed), Ok(sockets(&["1.1.1.1:0"])));
        assert_eq!(Allowed::Public.among(sockets(&["10.0.0.1:0", "[::1]:0"])), Err(Forbidden));
        assert_eq!(Allowed::Public.among(Vec::new()), Ok(Vec::new()));
    }
}
