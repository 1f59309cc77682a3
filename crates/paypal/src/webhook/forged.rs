//! Why a delivery is not taken for PayPal's.

use super::ChainError;
use domain::time::Timestamp;
use std::fmt;

/// Which check a delivery failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forged {
    /// A header of the transmission is missing or not plain text.
    HeaderMissing(&'static str),
    /// The transmission time is no instant.
    TimeUnreadable,
    /// The signature is not base64.
    SignatureUnreadable,
    /// Not `SHA256withRSA`: `SHA1withRSA` of old is refused too.
    Algorithm,
    /// The certificate's address is none.
    CertUrlUnreadable,
    /// The certificate's address is not https.
    CertUrlInTheClear,
    /// The certificate's address is on a host that is not pinned.
    CertHost {
        /// Which.
        host: String,
    },
    /// Sent longer ago than PayPal sends again: three days, and an hour for clocks.
    Stale {
        /// When it says it was sent.
        sent_at: Timestamp,
    },
    /// Sent more than an hour from now.
    FromTheFuture {
        /// When it says it was sent.
        sent_at: Timestamp,
    },
    /// The certificate could not be fetched: nothing is known of the delivery, and it is to be sent again.
    CertificateUnavailable {
        /// What was in the way. For the log.
        why: String,
    },
    /// What was fetched is no certificate.
    CertificateUnreadable,
    /// The certificate is in date no more.
    CertificateExpired,
    /// The certificate is not in date yet.
    CertificateNotYetValid,
    /// The certificate is trusted by nobody whom we trust.
    CertificateUntrusted,
    /// The certificate is somebody else's.
    CertificateName,
    /// The certificate's key is not RSA of 2048 to 8192 bits.
    CertificateKey,
    /// Whatever was signed, it was not this: another body, id, time or webhook, or another key.
    Signature,
    /// Signed by PayPal, and not an event.
    Unreadable,
}

impl Forged {
    /// Whether PayPal should be told to send it again, since nothing could be said of it.
    pub fn is_to_be_sent_again(&self) -> bool {
        matches!(self, Self::CertificateUnavailable { .. })
    }
}

impl From<ChainError> for Forged {
    fn from(error: ChainError) -> Self {
        match error {
            ChainError::Unreadable => Self::CertificateUnreadable,
            ChainError::Expired => Self::CertificateExpired,
            ChainError::NotYetValid => Self::CertificateNotYetValid,
            ChainError::Untrusted => Self::CertificateUntrusted,
            ChainError::Name => Self::CertificateName,
            ChainError::Key => Self::CertificateKey,
        }
    }
}

impl fmt::Display for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderMissing(name) => write!(f, "the header {name} is missing"),
            Self::TimeUnreadable => f.write_str("the transmission time is no instant"),
            Self::SignatureUnreadable => f.write_str("the signature is not base64"),
            Self::Algorithm => f.write_str("the algorithm is not SHA256withRSA"),
            Self::CertUrlUnreadable => f.write_str("the certificate's address is none"),
            Self::CertUrlInTheClear => f.write_str("the certificate's address is not https"),
            Self::CertHost { host } => write!(f, "the certificate is at {host}, which is not PayPal"),
            Self::Stale { sent_at } => write!(f, "sent at {sent_at}, too long ago"),
            Self::FromTheFuture { sent_at } => write!(f, "sent at {sent_at}, which is yet to come"),
            Self::CertificateUnavailable { why } => write!(f, "the certificate could not be fetched: {why}"),
            Self::CertificateUnreadable => f.write_str("what was fetched is no certificate"),
            Self::CertificateExpired => f.write_str("the certificate has expired"),
            Self::CertificateNotYetValid => f.write_str("the certificate is not valid yet"),
            Self::CertificateUntrusted => f.write_str("the certificate is trusted by nobody whom we trust"),
            Self::CertificateName => f.write_str("the certificate is somebody else's"),
            Self::CertificateKey => f.write_str("the certificate's key is not RSA"),
            Self::Signature => f.write_str("the signature is of something else"),
            Self::Unreadable => f.write_str("signed, and not an event"),
        }
    }
}

impl std::error::Error for Forged {}
