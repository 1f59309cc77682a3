//! Whether a certificate is PayPal's. Pure: DER, roots and an instant in, the key out.

use domain::time::Timestamp;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer, TrustAnchor, UnixTime};
use std::fmt;
use std::time::Duration;
use webpki::{EndEntityCert, Error, KeyUsage, RawPublicKeyEntity};

/// More certificates than any chain has.
const LONGEST: usize = 10;

/// Whom certificates are trusted of.
#[derive(Clone, Debug)]
pub struct Roots {
    anchors: Vec<TrustAnchor<'static>>,
    intermediates: Vec<CertificateDer<'static>>,
}

impl Roots {
    /// Those that browsers trust (Mozilla's list).
    pub fn public() -> Self {
        Self { anchors: webpki_roots::TLS_SERVER_ROOTS.to_vec(), intermediates: Vec::new() }
    }

    /// Those in a PEM file alone.
    ///
    /// # Errors
    /// When it has none, or one cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, ChainError> {
        let anchors = certificates(pem)?.iter().map(anchor).collect::<Result<_, _>>()?;
        Ok(Self { anchors, intermediates: Vec::new() })
    }

    /// With what stands between a root and the leaf, where PayPal serves the leaf alone (as it did when its SDKs were written).
    /// They are trusted no more than their roots are.
    ///
    /// # Errors
    /// When it has none, or one cannot be read.
    pub fn with_intermediates(self, pem: &[u8]) -> Result<Self, ChainError> {
        Ok(Self { intermediates: certificates(pem)?, ..self })
    }
}

fn anchor(root: &CertificateDer<'_>) -> Result<TrustAnchor<'static>, ChainError> {
    webpki::anchor_from_trusted_cert(root).map(|anchor| anchor.to_owned()).map_err(|_| ChainError::Unreadable)
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, ChainError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    read.ok().filter(|found| !found.is_empty()).ok_or(ChainError::Unreadable)
}

/// A leaf, and what came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    leaf: CertificateDer<'static>,
    others: Vec<CertificateDer<'static>>,
}

impl Chain {
    /// Reads PEM, the leaf first.
    ///
    /// # Errors
    /// When there is none, one cannot be read, or there are more than any chain has.
    pub fn from_pem(pem: &[u8]) -> Result<Self, ChainError> {
        let mut others = certificates(pem)?;
        if others.len() > LONGEST {
            return Err(ChainError::Unreadable);
        }
        let leaf = others.remove(0);
        Ok(Self { leaf, others })
    }
}

/// Why a certificate is not PayPal's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainError {
    /// No certificate.
    Unreadable,
    /// In date no more, or something above it is not.
    Expired,
    /// Not in date yet, or something above it is not.
    NotYetValid,
    /// It leads to no root that we trust, or may not be used as it is.
    Untrusted,
    /// Somebody else's.
    Name,
    /// Not RSA of 2048 to 8192 bits.
    Key,
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "not a certificate",
            Self::Expired => "expired",
            Self::NotYetValid => "not valid yet",
            Self::Untrusted => "trusted by nobody whom we trust",
            Self::Name => "somebody else's",
            Self::Key => "not an RSA key of 2048 to 8192 bits",
        })
    }
}

impl std::error::Error for ChainError {}

/// The key of a chain's leaf, if it leads to a root, all of it is in date at `now`, and a name of the leaf ends with `suffix`.
///
/// # Errors
/// The first of these that does not hold.
pub fn check_chain(
    chain: &Chain,
    roots: &Roots,
    suffix: &str,
    now: Timestamp,
) -> Result<SubjectPublicKeyInfoDer<'static>, ChainError> {
    let leaf = EndEntityCert::try_from(&chain.leaf).map_err(|_| ChainError::Unreadable)?;
    let between: Vec<CertificateDer<'_>> = chain.others.iter().chain(&roots.intermediates).cloned().collect();
    let seconds = u64::try_from(now.as_millis() / 1000).map_err(|_| ChainError::NotYetValid)?;
    let algorithms = webpki::ALL_VERIFICATION_ALGS;
    let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    // PayPal's is a server's certificate: its SDKs know it by DigiCert's roots for those.
    let usage = KeyUsage::server_auth();
    leaf.verify_for_usage(algorithms, &roots.anchors, &between, at, usage, None, None)
        .map_err(|error| distrust(&error))?;
    if !leaf.valid_dns_names().any(|name| ends_with(name, suffix)) {
        return Err(ChainError::Name);
    }
    let key = leaf.subject_public_key_info();
    if is_rsa(&key) { Ok(key) } else { Err(ChainError::Key) }
}

// The variants are another crate's, which adds to them.
fn distrust(error: &Error) -> ChainError {
    match error {
        Error::CertExpired { .. } => ChainError::Expired,
        Error::CertNotValidYet { .. } => ChainError::NotYetValid,
        Error::BadDer | Error::BadDerTime | Error::MalformedExtensions => ChainError::Unreadable,
        _ => ChainError::Untrusted,
    }
}

/// A name below the suffix: `.paypal.com` is the end of `a.paypal.com`, not of `notpaypal.com`. Names of certificates are ASCII.
fn ends_with(name: &str, suffix: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.len() > suffix.len() && name.ends_with(suffix)
}

/// Whether a signature by this key could be right. Asked with no signature: another kind of key is told from a wrong signature.
fn is_rsa(key: &SubjectPublicKeyInfoDer<'_>) -> bool {
    let Ok(entity) = RawPublicKeyEntity::try_from(key) else { return false };
    let verdict = entity.verify_signature(webpki::ring::RSA_PKCS1_2048_8192_SHA256, b"", b"");
    matches!(verdict, Err(Error::InvalidSignatureForPublicKey))
}
