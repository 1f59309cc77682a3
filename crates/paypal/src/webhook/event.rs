//! What PayPal tells of, and which thing of its it is about.

use crate::instant;
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;

open_enum! {
    /// What happened. Names are PayPal's, in no promised order of arrival.
    EventType {
        CheckoutOrderApproved = "CHECKOUT.ORDER.APPROVED",
        CheckoutOrderCompleted = "CHECKOUT.ORDER.COMPLETED",
        CheckoutOrderVoided = "CHECKOUT.ORDER.VOIDED",
        CheckoutPaymentApprovalReversed = "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
        PaymentAuthorizationCreated = "PAYMENT.AUTHORIZATION.CREATED",
        PaymentAuthorizationVoided = "PAYMENT.AUTHORIZATION.VOIDED",
        PaymentCaptureCompleted = "PAYMENT.CAPTURE.COMPLETED",
        PaymentCapturePending = "PAYMENT.CAPTURE.PENDING",
        PaymentCaptureDeclined = "PAYMENT.CAPTURE.DECLINED",
        PaymentCaptureDenied = "PAYMENT.CAPTURE.DENIED",
        PaymentCaptureRefunded = "PAYMENT.CAPTURE.REFUNDED",
        PaymentCaptureReversed = "PAYMENT.CAPTURE.REVERSED",
        PaymentRefundPending = "PAYMENT.REFUND.PENDING",
        PaymentRefundFailed = "PAYMENT.REFUND.FAILED",
        CustomerDisputeCreated = "CUSTOMER.DISPUTE.CREATED",
        CustomerDisputeUpdated = "CUSTOMER.DISPUTE.UPDATED",
        CustomerDisputeResolved = "CUSTOMER.DISPUTE.RESOLVED",
        VaultPaymentTokenCreated = "VAULT.PAYMENT-TOKEN.CREATED",
        VaultPaymentTokenDeleted = "VAULT.PAYMENT-TOKEN.DELETED",
        VaultPaymentTokenDeletionInitiated = "VAULT.PAYMENT-TOKEN.DELETION-INITIATED",
    }
}

/// What PayPal tells. A hint: what it is about is fetched before anything is done.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// PayPal's name of it, the same each time it is sent.
    pub id: String,
    /// What happened.
    pub event_type: EventType,
    /// What kind of thing `resource` is.
    pub resource_type: Option<String>,
    /// The thing, as it was.
    #[serde(default)]
    pub resource: Value,
    /// When it happened.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub create_time: Option<Timestamp>,
    /// In words.
    pub summary: Option<String>,
}

// The resource has addresses and tokens: not for logs.
impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Event").field("id", &self.id).field("event_type", &self.event_type).finish_non_exhaustive()
    }
}

/// Which thing of PayPal's an event is about: what to fetch, and what else it names. Ids that could not be PayPal's are left out.
#[derive(Clone, PartialEq, Eq)]
pub enum Subject {
    /// An order.
    Order {
        /// Its id.
        id: String,
        /// Our payment, as we named it.
        custom_id: Option<String>,
    },
    /// Money set aside.
    Authorization {
        /// Its id.
        id: String,
        /// The order it is of.
        order: Option<String>,
        /// Our payment, as we named it.
        custom_id: Option<String>,
    },
    /// Money moved.
    Capture {
        /// Its id.
        id: String,
        /// The order it is of.
        order: Option<String>,
        /// Our payment, as we named it.
        custom_id: Option<String>,
    },
    /// Money sent back.
    Refund {
        /// Its id.
        id: String,
        /// The capture it is of.
        capture: Option<String>,
        /// Our refund or payment, as we named it.
        custom_id: Option<String>,
    },
    /// What PayPal keeps of how a buyer pays.
    PaymentToken {
        /// Its id. A secret.
        id: String,
        /// Who the buyer is at PayPal.
        customer: Option<String>,
    },
    /// A dispute.
    Dispute {
        /// Its id.
        id: String,
        /// The captures that are disputed.
        captures: Vec<String>,
    },
}

// A payment token is not for logs.
impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Order { id, .. } => write!(f, "Order({id})"),
            Self::Authorization { id, .. } => write!(f, "Authorization({id})"),
            Self::Capture { id, .. } => write!(f, "Capture({id})"),
            Self::Refund { id, .. } => write!(f, "Refund({id})"),
            Self::PaymentToken { .. } => f.write_str("PaymentToken"),
            Self::Dispute { id, .. } => write!(f, "Dispute({id})"),
        }
    }
}

impl Event {
    /// What to fetch. `None` for kinds of things that we do not fetch, and where the event does not say.
    pub fn subject(&self) -> Option<Subject> {
        let at = |pointer: &str| self.resource.pointer(pointer).and_then(id);
        let (own, custom_id) = (at("/id"), self.text("/custom_id"));
        let order = at("/supplementary_data/related_ids/order_id").or_else(|| self.linked("orders"));
        match self.kind()? {
            Kind::Order => {
                // The reversal of an approval names the order beside itself.
                let custom_id = self.text("/purchase_units/0/custom_id").or(custom_id);
                Some(Subject::Order { id: at("/order_id").or(own)?, custom_id })
            }
            Kind::Authorization => Some(Subject::Authorization { id: own?, order, custom_id }),
            Kind::Capture => Some(Subject::Capture { id: own?, order, custom_id }),
            Kind::Refund => {
                let capture = at("/supplementary_data/related_ids/capture_id").or_else(|| self.linked("captures"));
                Some(Subject::Refund { id: own?, capture, custom_id })
            }
            Kind::PaymentToken => Some(Subject::PaymentToken { id: own?, customer: at("/customer/id") }),
            Kind::Dispute => {
                let of = self.resource.get("disputed_transactions").and_then(Value::as_array);
                let captures = of.into_iter().flatten().filter_map(|one| id(one.get("seller_transaction_id")?));
                Some(Subject::Dispute { id: at("/dispute_id")?, captures: captures.collect() })
            }
        }
    }

    /// What kind of thing it is about: by PayPal's word for the thing, else by the event's name.
    fn kind(&self) -> Option<Kind> {
        // PAYMENT.CAPTURE.REFUNDED and .REVERSED carry the refund.
        match self.resource_type.as_deref() {
            Some("checkout-order") => return Some(Kind::Order),
            Some("authorization") => return Some(Kind::Authorization),
            Some("capture") => return Some(Kind::Capture),
            Some("refund") => return Some(Kind::Refund),
            Some("payment_token") => return Some(Kind::PaymentToken),
            Some("dispute") => return Some(Kind::Dispute),
            Some(_) | None => {}
        }
        let name = self.event_type.as_str();
        let by_name = [
            ("CHECKOUT.", Kind::Order),
            ("PAYMENT.AUTHORIZATION.", Kind::Authorization),
            ("PAYMENT.CAPTURE.REFUNDED", Kind::Refund),
            ("PAYMENT.CAPTURE.REVERSED", Kind::Refund),
            ("PAYMENT.CAPTURE.", Kind::Capture),
            ("PAYMENT.REFUND.", Kind::Refund),
            ("VAULT.PAYMENT-TOKEN.", Kind::PaymentToken),
            ("CUSTOMER.DISPUTE.", Kind::Dispute),
        ];
        by_name.into_iter().find(|(prefix, _)| name.starts_with(prefix)).map(|(_, kind)| kind)
    }

    fn text(&self, pointer: &str) -> Option<String> {
        self.resource.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
    }

    /// The id after `/<collection>/` in the link `up`: what a thing is of.
    fn linked(&self, collection: &str) -> Option<String> {
        let links = self.resource.get("links")?.as_array()?;
        let up = links.iter().filter(|link| link.get("rel").and_then(Value::as_str) == Some("up"));
        up.filter_map(|link| link.get("href")?.as_str()).find_map(|href| {
            let url = url::Url::parse(href).ok()?;
            let mut parts = url.path_segments()?.skip_while(|part| *part != collection).skip(1);
            id(&Value::from(parts.next()?))
        })
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Order,
    Authorization,
    Capture,
    Refund,
    PaymentToken,
    Dispute,
}

/// An id that may be put into an address.
fn id(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    ((1..=255).contains(&text.len()) && text.bytes().all(plain)).then(|| text.to_owned())
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
