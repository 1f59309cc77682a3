//! Certificates made for a test: an authority, and leaves with a key of RSA that stands beside this file and guards nothing.

use domain::time::Timestamp;
use paypal::webhook::{Chain, ChainError, check_chain};
use paypal::{Roots, webhook};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, SigningKey, date_time_ymd,
};

/// In the middle of what the certificates below are good for.
pub const NOW: &str = "2026-06-15T12:00:00Z";
pub const NAME: &str = "messageverificationcerts.paypal.com";

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// The key of every leaf.
pub fn leaf_key() -> KeyPair {
    KeyPair::from_pem_and_sign_algo(include_str!("test_key.pem"), &PKCS_RSA_SHA256).unwrap()
}

/// What PayPal would sign with the key.
pub fn sign(text: &str) -> Vec<u8> {
    SigningKey::sign(&leaf_key(), text.as_bytes()).unwrap()
}

/// An authority that is its own root.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        Self(CertifiedIssuer::self_signed(Self::params(name), KeyPair::generate().unwrap()).unwrap())
    }

    /// One between this authority and the leaves.
    pub fn below(&self, name: &str) -> Self {
        Self(CertifiedIssuer::signed_by(Self::params(name), KeyPair::generate().unwrap(), &self.0).unwrap())
    }

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2040, 1, 1));
        params
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    pub fn roots(&self) -> Roots {
        Roots::from_pem(self.pem().as_bytes()).unwrap()
    }

    /// A leaf with these names and years, of the test's key.
    pub fn leaf(&self, names: &[&str], years: (i32, i32), usage: ExtendedKeyUsagePurpose) -> Certificate {
        self.leaf_of(names, years, usage, &leaf_key())
    }

    fn leaf_of(&self, names: &[&str], years: (i32, i32), usage: ExtendedKeyUsagePurpose, key: &KeyPair) -> Certificate {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, NAME);
        params.extended_key_usages = vec![usage];
        (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
        params.signed_by(key, &self.0).unwrap()
    }

    /// The leaf that PayPal would have.
    pub fn good_leaf(&self) -> Certificate {
        self.leaf(&[NAME], (2026, 2027), ExtendedKeyUsagePurpose::ServerAuth)
    }
}

fn checked(pem: &str, roots: &Roots, now: &str) -> Result<(), ChainError> {
    let chain = Chain::from_pem(pem.as_bytes())?;
    check_chain(&chain, roots, ".paypal.com", now.parse().unwrap()).map(|_| ())
}

#[test]
fn a_leaf_of_a_trusted_root_gives_the_key_that_signs() {
    let authority = Authority::new("Root");
    let chain = Chain::from_pem(authority.good_leaf().pem().as_bytes()).unwrap();
    let key = check_chain(&chain, &authority.roots(), ".paypal.com", now()).unwrap();
    assert!(webhook::is_signed_by(&key, b"text", &sign("text")));
    assert!(!webhook::is_signed_by(&key, b"text", &sign("another")));
}

#[test]
fn what_stands_between_is_served_or_configured() {
    let root = Authority::new("Root");
    let between = root.below("Between");
    let leaf = between.good_leaf().pem();
    assert_eq!(checked(&format!("{leaf}{}", between.pem()), &root.roots(), NOW), Ok(()));
    assert_eq!(checked(&leaf, &root.roots(), NOW), Err(ChainError::Untrusted));
    let configured = root.roots().with_intermediates(between.pem().as_bytes()).unwrap();
    assert_eq!(checked(&leaf, &configured, NOW), Ok(()));
    // Without its root it is worth nothing.
    let strangers = Authority::new("Other").roots().with_intermediates(between.pem().as_bytes()).unwrap();
    assert_eq!(checked(&leaf, &strangers, NOW), Err(ChainError::Untrusted));
}

#[test]
fn a_leaf_is_good_from_its_first_day_to_its_last() {
    let authority = Authority::new("Root");
    let (leaf, roots) = (authority.good_leaf().pem(), authority.roots());
    assert_eq!(checked(&leaf, &roots, "2025-12-31T23:59:59Z"), Err(ChainError::NotYetValid));
    assert_eq!(checked(&leaf, &roots, "2026-01-01T00:00:00Z"), Ok(()));
    assert_eq!(checked(&leaf, &roots, "2027-01-01T00:00:00Z"), Ok(()));
    assert_eq!(checked(&leaf, &roots, "2027-01-01T00:00:01Z"), Err(ChainError::Expired));
    assert_eq!(checked(&leaf, &roots, "1969-12-31T00:00:00Z"), Err(ChainError::NotYetValid));
}

#[test]
fn a_name_is_below_paypals() {
    let (authority, years) = (Authority::new("Root"), (2026, 2027));
    let of = |names: &[&str]| {
        let leaf = authority.leaf(names, years, ExtendedKeyUsagePurpose::ServerAuth);
        checked(&leaf.pem(), &authority.roots(), NOW)
    };
    assert_eq!(of(&["MessageVerificationCerts.PayPal.com"]), Ok(()));
    for name in ["notpaypal.com", "paypal.com", "paypal.com.evil.example", "evil.example", "x.paypal.com.evil.example"]
    {
        assert_eq!(of(&[name]), Err(ChainError::Name), "{name}");
    }
    // The common name alone is nothing that an authority vouches for.
    assert_eq!(of(&[]), Err(ChainError::Name));
}

#[test]
fn a_root_that_is_not_ours_is_no_root() {
    let (ours, other) = (Authority::new("Root"), Authority::new("Root"));
    assert_eq!(checked(&other.good_leaf().pem(), &ours.roots(), NOW), Err(ChainError::Untrusted));
    assert_eq!(checked(&ours.good_leaf().pem(), &Roots::public(), NOW), Err(ChainError::Untrusted));
    // Nor does it become one by being served.
    let served = format!("{}{}", other.good_leaf().pem(), other.pem());
    assert_eq!(checked(&served, &ours.roots(), NOW), Err(ChainError::Untrusted));
    // Nor does a leaf that signs for itself.
    let own = CertificateParams::new([NAME.to_owned()]).unwrap().self_signed(&leaf_key()).unwrap();
    assert_eq!(checked(&own.pem(), &ours.roots(), NOW), Err(ChainError::Untrusted));
}

#[test]
fn a_certificate_made_for_something_else_is_not_trusted() {
    let authority = Authority::new("Root");
    let leaf = authority.leaf(&[NAME], (2026, 2027), ExtendedKeyUsagePurpose::CodeSigning);
    assert_eq!(checked(&leaf.pem(), &authority.roots(), NOW), Err(ChainError::Untrusted));
    assert_eq!(checked(&authority.pem(), &authority.roots(), NOW), Err(ChainError::Untrusted));
}

#[test]
fn a_key_that_is_not_rsa_signs_nothing() {
    let (authority, key) = (Authority::new("Root"), KeyPair::generate().unwrap());
    let leaf = authority.leaf_of(&[NAME], (2026, 2027), ExtendedKeyUsagePurpose::ServerAuth, &key);
    assert_eq!(checked(&leaf.pem(), &authority.roots(), NOW), Err(ChainError::Key));
}

#[test]
fn what_is_no_certificate_is_none() {
    let authority = Authority::new("Root");
    let leaf = authority.good_leaf().pem();
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned();
    for pem in [String::new(), "<html>".to_owned(), leaf_key().serialize_pem(), broken, leaf.repeat(11)] {
        assert_eq!(checked(&pem, &authority.roots(), NOW), Err(ChainError::Unreadable), "{pem}");
    }
    assert!(Roots::from_pem(b"").is_err());
    assert!(Roots::public().with_intermediates(b"<html>").is_err());
}
