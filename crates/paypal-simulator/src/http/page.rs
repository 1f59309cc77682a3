//! The page where a buyer agrees, in plain HTML: no script, and not PayPal's looks.

use super::bare;
use crate::order::{Funding, Order, Stage};
use crate::refusal::Refusal;
use crate::simulator::Shared;
use crate::vault::Setup;
use crate::world::World;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

type Of = State<Arc<Shared>>;

/// Who is logged in, on this machine's own browser.
const COOKIE_NAME: &str = "simulated_buyer";
const FIRST_BUYER: &str = "buyer@simulator.example";

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(alias = "approval_session_id")]
    token: String,
}

/// What a button says.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Balance,
    Card,
    Bank,
    DecliningCard,
    RefusedCard,
    Cancel,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    token: String,
    email: String,
    choice: Choice,
}

/// `GET /v1/notifications/certs/{name}`
pub(super) async fn certificate(State(of): Of, Path(name): Path<String>) -> Response {
    match of.world().outbox.certificate(&name) {
        Some(pem) => ([(CONTENT_TYPE, "application/x-pem-file")], pem).into_response(),
        None => bare(404),
    }
}

/// `GET /checkoutnow?token=`
pub(super) async fn checkout(State(of): Of, Query(of_order): Query<Token>, headers: HeaderMap) -> Response {
    let mut world = of.world();
    world.tick();
    let Ok(order) = world.order(&of_order.token) else { return over("This order has lapsed, or never was.") };
    match order.stage {
        Stage::Created | Stage::PayerActionRequired | Stage::Approved(..) => {}
        Stage::Completed(_) => return over("This order has been paid."),
        Stage::Voided => return over("This order has lapsed."),
    }
    let body = html! {
        (summary(&world, order))
        form method="post" action="/checkoutnow" {
            input type="hidden" name="token" value=(order.id);
            (logged_in(&headers))
            fieldset {
                legend { "Pay with" }
                button name="choice" value="balance" { "Pay with balance" }
                button name="choice" value="card" { "Pay with card ending 1111" }
                button name="choice" value="bank" { "Pay with bank " small { "(e-check: the money takes days)" } }
                button class="quiet" name="choice" value="declining_card" { "Decline my card" }
                button class="quiet" name="choice" value="refused_card" { "Have the card's bank refuse " small { "(paid, and declined)" } }
            }
            button class="quiet" name="choice" value="cancel" { "Cancel and return" }
        }
    };
    page(200, "Pay", &body)
}

/// `POST /checkoutnow`
pub(super) async fn chosen(State(of): Of, Form(chosen): Form<Chosen>) -> Response {
    let mut world = of.world();
    world.tick();
    let Chosen { token, email, choice } = chosen;
    if !is_email(&email) {
        return page(422, "Pay", &html! { p role="alert" { "That is no e-mail address." } });
    }
    let to = match funding(choice) {
        None => world.cancel_url(&token),
        Some(funding) => world.approve(&token, &email, funding),
    };
    sent_back(to, &email, choice)
}

/// `GET /agreements/approve?approval_session_id=`
pub(super) async fn agreement(State(of): Of, Query(of_setup): Query<Token>, headers: HeaderMap) -> Response {
    let world = of.world();
    let Some(setup) = world.setup_tokens.get(&of_setup.token) else { return over("There is no such agreement.") };
    match setup.setup {
        Setup::PayerActionRequired | Setup::Approved(_) => {}
        Setup::Vaulted(_) => return over("This agreement has been made."),
    }
    let brand = brand(&setup.source["experience_context"]);
    let body = html! {
        h2 { (brand) " wants to charge you later" }
        p { "You can end this at any time." }
        form method="post" action="/agreements/approve" {
            input type="hidden" name="token" value=(setup.id);
            (logged_in(&headers))
            button name="choice" value="balance" { "Agree" }
            button class="quiet" name="choice" value="cancel" { "Cancel and return" }
        }
    };
    page(200, "Agree", &body)
}

/// `POST /agreements/approve`
pub(super) async fn agreed(State(of): Of, Form(chosen): Form<Chosen>) -> Response {
    let mut world = of.world();
    let Chosen { token, email, choice } = chosen;
    if !is_email(&email) {
        return page(422, "Agree", &html! { p role="alert" { "That is no e-mail address." } });
    }
    let to = match funding(choice) {
        None => world.setup_cancel_url(&token),
        Some(_) => world.approve_setup(&token, &email),
    };
    sent_back(to, &email, choice)
}

fn funding(choice: Choice) -> Option<Funding> {
    match choice {
        Choice::Balance => Some(Funding::Balance),
        Choice::Card => Some(Funding::Card),
        Choice::Bank => Some(Funding::Bank),
        Choice::DecliningCard => Some(Funding::DecliningCard),
        Choice::RefusedCard => Some(Funding::RefusedCard),
        Choice::Cancel => None,
    }
}

/// Good enough for a cookie and for PayPal's schema.
fn is_email(text: &str) -> bool {
    let usual = |letter: char| letter.is_ascii_alphanumeric() || "@.+-_".contains(letter);
    text.len() <= 254
        && text.chars().all(usual)
        && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

fn sent_back(to: Result<Option<String>, Refusal>, email: &str, choice: Choice) -> Response {
    let mut answer = match to {
        Err(_) => return over("This cannot be done any more."),
        Ok(None) => page(200, "Done", &html! { p { (said(choice)) } p { "You can close this window now." } }),
        Ok(Some(to)) => {
            let mut answer = bare(303);
            match HeaderValue::from_str(&to) {
                Ok(to) => answer.headers_mut().insert(LOCATION, to),
                Err(_) => return over("The shop's address to return to cannot be used."),
            };
            answer
        }
    };
    let cookie = format!("{COOKIE_NAME}={email}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    answer
}

fn said(choice: Choice) -> &'static str {
    match choice {
        Choice::Balance | Choice::Card | Choice::Bank | Choice::DecliningCard | Choice::RefusedCard => {
            "You have agreed."
        }
        Choice::Cancel => "You have not agreed.",
    }
}

fn logged_in(headers: &HeaderMap) -> Markup {
    let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
    html! {
        label {
            "Logged in as"
            input type="email" name="email" required value=(known.unwrap_or(FIRST_BUYER)) autocomplete="off";
        }
    }
}

fn brand(experience: &Value) -> &str {
    experience["brand_name"].as_str().unwrap_or("A shop")
}

fn summary(world: &World, order: &Order) -> Markup {
    html! {
        h2 { (brand(&order.experience)) }
        @for unit in &order.units {
            section {
                p class="payee" {
                    "To "
                    (unit.payee.email.as_deref().or(unit.payee.merchant_id.as_deref()).unwrap_or(&world.config.merchant_email))
                }
                p class="amount" { (unit.amount) }
                @if let Some(description) = unit.body["description"].as_str() { p { (description) } }
                (lines(&unit.body))
            }
        }
    }
}

/// What the amount is made of.
fn lines(unit: &Value) -> Markup {
    let items = unit["items"].as_array().into_iter().flatten();
    let parts = unit["amount"]["breakdown"].as_object().into_iter().flatten();
    let parts = parts.filter(|(name, _)| name.as_str() != "item_total");
    html! {
        ul {
            @for item in items {
                @let quantity = item["quantity"].as_str().unwrap_or_default();
                li {
                    span { (quantity) " × " (item["name"].as_str().unwrap_or_default()) }
                    span { (item["unit_amount"]["value"].as_str().unwrap_or_default()) @if quantity != "1" { " each" } }
                }
            }
            @for (name, amount) in parts {
                li {
                    span { (name.replace('_', " ")) }
                    span { (amount["value"].as_str().unwrap_or_default()) }
                }
            }
        }
    }
}

fn over(text: &str) -> Response {
    page(410, "Over", &html! { p role="alert" { (text) } })
}

fn page(status: u16, title: &str, body: &Markup) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · PayPal simulator" }
                style { (maud::PreEscaped(include_str!("page.css"))) }
            }
            body {
                header { strong { "PayPal simulator" } " — no real money" }
                main { (body) }
            }
        }
    };
    let mut answer = document.into_string().into_response();
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // No `form-action`: browsers apply it to where a form's answer redirects to, which is the shop.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    answer
}
