//! What was said, shown, proposed and decided in a case, in order.

use super::wish::remedy_words;
use crate::format::{day_and_clock, money};
use crate::i18n::t;
use crate::order::case_reason;
use crate::ui::{Icon, IconName, IconSize};
use domain::case::{Case, CaseOutcome, Evidence, Offer, Ruling, Statement, Verdict};
use domain::message::Content;
use domain::order::Packed;
use domain::picture::Picture;
use domain::terms::Item;
use domain::thread::Role;
use domain::time::Timestamp;
use leptos::prelude::*;
use std::sync::Arc;
use stylers::style_sheet;

/// How the two are called, as the reader knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// Who buys.
    buyer: String,
    /// Who sells.
    seller: String,
    /// The side that the reader is on, where it is one.
    me: Option<Role>,
}

impl Names {
    /// The names that one of the two knows.
    pub fn of_two(me: Role, peer: &str) -> Self {
        let (mine, theirs) = (t().talk_you().to_owned(), peer.to_owned());
        let (buyer, seller) = if me == Role::Buyer { (mine, theirs) } else { (theirs, mine) };
        Self { buyer, seller, me: Some(me) }
    }

    /// The names that somebody beside the two knows.
    pub fn of_others(buyer: String, seller: String) -> Self {
        Self { buyer, seller, me: None }
    }

    /// What a side is called.
    pub fn of(&self, role: Role) -> String {
        match role {
            Role::Buyer => self.buyer.clone(),
            Role::Seller => self.seller.clone(),
        }
    }

    fn decided_for(&self, role: Role) -> String {
        if self.me == Some(role) { t().verdict_for_you().to_owned() } else { t().verdict_for(&self.of(role)) }
    }
}

/// Shows a picture to whoever reads the case, with what it is in words.
pub(crate) type Shown = Arc<dyn Fn(Picture, String) -> AnyView + Send + Sync>;

/// What was said and what was proposed, as one list.
enum Entry {
    Said(Statement),
    Offered(Offer),
    Ruled(Ruling),
}

impl Entry {
    fn at(&self) -> Timestamp {
        match self {
            Self::Said(statement) => statement.at,
            Self::Offered(offer) => offer.at,
            Self::Ruled(ruling) => ruling.at,
        }
    }
}

fn entries(case: &Case) -> Vec<Entry> {
    let said = case.statements.iter().cloned().map(Entry::Said);
    let offered = case.offers.iter().copied().map(Entry::Offered);
    let mut entries: Vec<Entry> = said.chain(offered).chain(case.ruling.clone().map(Entry::Ruled)).collect();
    // What was said with an offer comes before it.
    entries.sort_by_key(Entry::at);
    entries
}

/// Which pieces, in words.
pub(crate) fn pieces(items: &[Item], contents: &[Packed]) -> String {
    let named = contents.iter().filter_map(|packed| Some((packed.quantity, items.get(packed.line)?)));
    named.map(|(quantity, item)| format!("{quantity} × {}", item.name)).collect::<Vec<_>>().join(", ")
}

/// What came of a case, in words.
pub(crate) fn outcome_words(outcome: CaseOutcome, names: &Names) -> String {
    match outcome {
        CaseOutcome::Withdrawn if names.me == Some(Role::Buyer) => t().outcome_you_withdrew().to_owned(),
        CaseOutcome::Withdrawn => t().outcome_withdrawn(&names.buyer),
        CaseOutcome::Agreed { remedy } => t().outcome_agreed(&remedy_words(remedy)),
        CaseOutcome::Decided { verdict } => verdict_words(verdict, names),
        CaseOutcome::NotReturned => t().outcome_not_returned().to_owned(),
        CaseOutcome::NotDecided => t().outcome_not_decided().to_owned(),
        CaseOutcome::OrderEnded => t().outcome_order_ended().to_owned(),
        CaseOutcome::MoneyBack => t().outcome_money_back().to_owned(),
        CaseOutcome::ToProcessor => t().outcome_to_processor().to_owned(),
    }
}

/// What a reviewer decided, in words.
pub(crate) fn verdict_words(verdict: Verdict, names: &Names) -> String {
    match verdict {
        Verdict::ForBuyer => names.decided_for(Role::Buyer),
        Verdict::ForSeller => names.decided_for(Role::Seller),
        Verdict::Split { amount } => t().verdict_split(&money(amount)),
    }
}

/// What was said, shown, proposed and decided, in order.
#[component]
pub(crate) fn CaseStory(
    /// The case.
    case: Case,
    /// What was bought.
    items: Vec<Item>,
    /// How the two are called.
    names: Names,
    /// Shows its pictures.
    shown: Shown,
) -> impl IntoView {
    let class = style_sheet!("src/help/story.css");
    let opened = case.opened_at;
    let about = pieces(&items, &case.items);
    let outcome = case.outcome.map(|outcome| {
        view! {
            <p class="outcome">
                <Icon name=IconName::CheckCircle size=IconSize::Small />
                {outcome_words(outcome, &names)}
            </p>
        }
    });
    let entry = |entry: Entry| {
        let at = entry.at();
        let (who, body) = match entry {
            Entry::Said(statement) => (names.of(statement.by), said(&statement, &names, &shown)),
            Entry::Offered(offer) => {
                let words = t().offered(&remedy_words(offer.remedy));
                (names.of(offer.by), view! { <p class="offer num">{words}</p> }.into_any())
            }
            Entry::Ruled(ruling) => {
                let words = ruling.words.to_string();
                let body = view! {
                    <p class="offer num">{verdict_words(ruling.verdict, &names)}</p>
                    <p dir="auto">{words}</p>
                };
                (t().the_reviewer().to_owned(), body.into_any())
            }
        };
        view! {
            <li>
                <p class="who">
                    <b>{who}</b>
                    <time class="muted fine" datetime=at.to_string()>{day_and_clock(at)}</time>
                </p>
                {body}
            </li>
        }
    };
    let list = entries(&case).into_iter().map(entry).collect_view();
    view! { class=class,
        <article class="case-story" aria-label=t().story_of_case()>
            <p>
                <b>{case_reason(case.reason)}</b>
            </p>
            {(!about.is_empty()).then(|| view! { <p>{about}</p> })}
            <p class="muted fine">
                <time datetime=opened.to_string()>{day_and_clock(opened)}</time>
            </p>
            <ol>{list}</ol>
            {outcome}
        </article>
    }
}

fn said(statement: &Statement, names: &Names, shown: &Shown) -> AnyView {
    let words = statement.said.words.as_ref().map(|words| view! { <p dir="auto">{words.to_string()}</p> });
    let evidence = statement.said.evidence.iter().map(|evidence| quoted(evidence, names, shown)).collect_view();
    view! {
        {words}
        {(!statement.said.evidence.is_empty()).then(|| view! { <ul class="evidence">{evidence}</ul> })}
    }
    .into_any()
}

fn quoted(evidence: &Evidence, names: &Names, shown: &Shown) -> AnyView {
    let from = evidence.message.as_ref().map(|_| format!("{} · {}", names.of(evidence.by), day_and_clock(evidence.at)));
    let body = match &evidence.content {
        Content::Text { text } => view! { <bdi>{format!("“{text}”")}</bdi> }.into_any(),
        Content::Product { name, .. } => view! { <bdi>{name.to_string()}</bdi> }.into_any(),
        Content::Photo { photo, .. } => shown(Picture::Photo(photo.clone()), t().photo_by(&names.of(evidence.by))),
    };
    view! {
        <li>
            {body}
            {from.map(|from| view! { <span class="muted fine">{from}</span> })}
        </li>
    }
    .into_any()
}

crate::words! {
    story_of_case "What was said and offered" "Che cosa è stato detto e proposto";
    the_reviewer "Reviewer" "Arbitro";
    offered(remedy) "Proposal: {remedy}" "Proposta: {remedy}";
    verdict_for_you "Decided for you" "Deciso a tuo favore";
    outcome_you_withdrew "You took it back" "L’hai ritirata";
    photo_by(name) "Photo: {name}" "Foto: {name}";
    verdict_for(name) "Decided for {name}" "Deciso a favore di {name}";
    verdict_split(amount) "Decided: {amount} goes back" "Deciso: {amount} di rimborso";
    outcome_withdrawn(buyer) "{buyer} took it back" "Ritirata da {buyer}";
    outcome_agreed(remedy) "Settled: {remedy}" "Accordo: {remedy}";
    outcome_not_returned "Closed: it was not sent back in time" "Chiusa: non è stato rispedito in tempo";
    outcome_not_decided "Closed: nobody decided in time, and nothing goes back by itself" "Chiusa: nessuno ha deciso in tempo, e nulla torna da solo";
    outcome_order_ended "Closed: the order was cancelled and refunded" "Chiusa: ordine annullato e rimborsato";
    outcome_money_back "Closed: all of the money went back" "Chiusa: tutto il denaro è tornato";
    outcome_to_processor "Closed here: PayPal decides now" "Chiusa qui: ora decide PayPal";
}
