//! `GET /v1/reporting/transactions`: what a merchant compares their own books with.

use crate::call::{Call, Done};
use crate::clock::{DAY, Instant, instant, rfc3339};
use crate::dispute::Standing;
use crate::money::Money;
use crate::order::Stage;
use crate::payment::{Capture, Given, Refund, Taken};
use crate::refusal::Refusal;
use crate::world::World;
use serde_json::{Value, json};

/// The longest range that can be asked for (docs: transaction search).
const LONGEST: Instant = 31 * DAY;

/// One line of the report.
struct Line {
    at: Instant,
    id: String,
    status: &'static str,
    shown: Value,
}

/// The lines of a range of time, page by page.
pub(crate) fn list(world: &mut World, call: &Call) -> Result<Done, Refusal> {
    let (from, to) = range(call)?;
    let size = number(call, "page_size", 500, 100)?;
    let page = number(call, "page", usize::MAX, 1)?;
    // What is younger is not in it yet.
    let known_until = world.now() - world.config.reporting_delay;
    let wanted = |line: &Line| {
        (from..=to.min(known_until)).contains(&line.at)
            && call.query("transaction_id").is_none_or(|id| line.id == id)
            && call.query("transaction_status").is_none_or(|status| line.status == status)
    };
    let mut lines: Vec<Line> = world.lines().into_iter().filter(wanted).collect();
    lines.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
    let total = lines.len();
    let with_payer = call.query("fields").is_some_and(|fields| fields.contains("all") || fields.contains("payer_info"));
    let shown = |mut line: Line| {
        if !with_payer && let Some(fields) = line.shown.as_object_mut() {
            fields.remove("payer_info");
        }
        line.shown
    };
    let details: Vec<Value> = lines.into_iter().skip((page - 1).saturating_mul(size)).take(size).map(shown).collect();
    let mut answer = json!({
        "account_number": world.config.merchant_id,
        "start_date": rfc3339(from),
        "end_date": rfc3339(to),
        "last_refreshed_datetime": rfc3339(known_until),
        "page": page,
        "total_items": total,
        "total_pages": total.div_ceil(size),
        "links": [world.link("/v1/reporting/transactions", "self", "GET")],
    });
    // PayPal's file has no empty list here.
    if !details.is_empty() {
        answer["transaction_details"] = Value::Array(details);
    }
    Ok(Done::Body(200, answer))
}

fn range(call: &Call) -> Result<(Instant, Instant), Refusal> {
    let date = |name: &str| {
        let text = call.query(name).ok_or_else(|| Refusal::issue(400, "MISSING_REQUIRED_PARAMETER"))?;
        instant(text).ok_or_else(|| Refusal::issue(400, "INVALID_PARAMETER_SYNTAX"))
    };
    let (from, to) = (date("start_date")?, date("end_date")?);
    // To the second: the last one belongs to the range.
    let to = to.saturating_add(999);
    if from > to || to - from > LONGEST + 999 {
        return Err(Refusal::issue(400, "INVALID_PARAMETER_VALUE"));
    }
    Ok((from, to))
}

fn number(call: &Call, name: &str, most: usize, usual: usize) -> Result<usize, Refusal> {
    let Some(text) = call.query(name) else { return Ok(usual) };
    let number: Option<usize> = text.parse().ok();
    number.filter(|number| (1..=most).contains(number)).ok_or_else(|| Refusal::issue(400, "INVALID_PARAMETER_VALUE"))
}

impl World {
    /// Of the account that calls.
    fn lines(&self) -> Vec<Line> {
        let own = |capture: &&Capture| capture.source.payee.account() == self.config.merchant_id;
        let captures = self.captures.values().filter(own).map(|capture| self.of_capture(capture));
        let refunds = self.refunds.values().filter_map(|refund| {
            let capture = self.captures.get(&refund.capture).filter(own)?;
            Some(self.of_refund(refund, capture))
        });
        let reversals = self.disputes.values().filter_map(|dispute| {
            let Standing::Resolved(_, Some((id, amount))) = &dispute.standing else { return None };
            let capture = self.captures.get(&dispute.capture).filter(own)?;
            let line = Row { id, code: "T1106", at: dispute.updated, amount: amount.with(-amount.minor), status: "S" };
            Some(self.line(&line, capture, &capture.id, "TXN", None))
        });
        captures.chain(refunds).chain(reversals).collect()
    }

    fn of_capture(&self, capture: &Capture) -> Line {
        let (status, fee) = match capture.taken {
            Taken::Pending => ("P", None),
            Taken::Completed => ("S", Some(capture.fee.with(-capture.fee.minor))),
            Taken::Declined => ("D", None),
        };
        let row = Row { id: &capture.id, code: "T0006", at: capture.created, amount: capture.amount, status };
        self.line(&row, capture, &capture.source.order, "ODR", fee)
    }

    fn of_refund(&self, refund: &Refund, capture: &Capture) -> Line {
        let status = match refund.given {
            Given::Pending => "P",
            Given::Completed => "S",
            Given::Failed => "D",
        };
        let amount = refund.amount.with(-refund.amount.minor);
        let row = Row { id: &refund.id, code: "T1107", at: refund.created, amount, status };
        self.line(&row, capture, &capture.id, "TXN", None)
    }

    fn line(&self, row: &Row<'_>, capture: &Capture, of: &str, kind: &str, fee: Option<Money>) -> Line {
        let mut info = json!({
            "paypal_account_id": self.config.merchant_id,
            "transaction_id": row.id,
            "paypal_reference_id": of,
            "paypal_reference_id_type": kind,
            "transaction_event_code": row.code,
            "transaction_initiation_date": rfc3339(row.at),
            "transaction_updated_date": rfc3339(row.at),
            "transaction_amount": row.amount.json(),
            "transaction_status": row.status,
        });
        if let Some(fee) = fee {
            info["fee_amount"] = fee.json();
        }
        if let Some(invoice) = &capture.source.invoice_id {
            info["invoice_id"] = json!(invoice);
        }
        if let Some(custom) = &capture.source.custom_id {
            info["custom_field"] = json!(custom);
        }
        let mut shown = json!({ "transaction_info": info });
        let order = self.orders.get(&capture.source.order);
        if let Some(Stage::Completed(approval)) = order.map(|order| &order.stage) {
            let buyer = &approval.buyer;
            shown["payer_info"] = json!({
                "account_id": buyer.payer_id,
                "email_address": buyer.email,
                "payer_status": "Y",
                "payer_name": buyer.name(),
                "country_code": "US",
            });
        }
        Line { at: row.at, id: row.id.to_owned(), status: row.status, shown }
    }
}

/// What is of one line alone.
struct Row<'a> {
    id: &'a str,
    code: &'static str,
    at: Instant,
    amount: Money,
    status: &'static str,
}
