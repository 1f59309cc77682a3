//! A month: what it began with, what came and went, and what is left; to be read, printed, and taken along as a table.

use super::csv::{of_postings, of_statements};
use crate::app::save_table;
use crate::format::{day_and_clock, money, month_name};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, use_session};
use crate::ui::{Button, Choice, IconName, Select, Skeleton, SkeletonKind};
use api::client::ApiError;
use api::wire::MonthOfBooks;
use domain::market::Market;
use domain::money::Money;
use domain::statement::{Line, Month, Movement, Statement};
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// The statement of a month that can be chosen.
#[component]
pub(super) fn Statements() -> impl IntoView {
    let class = style_sheet!("src/account/money/statement.css");
    let session = use_session();
    let this_month = Month::of(session.now_untracked(), Market::US.zone);
    let month = RwSignal::new(this_month);
    let again = RwSignal::new(0);
    let told = answer(move || {
        again.track();
        let month = month.get();
        async move { session.client().month_of_books(month).await }
    });
    let months = Memo::new(move |_| {
        let known = told.with(|told| match told {
            Some(Ok(books)) => books.months.clone(),
            Some(Err(_)) | None => Vec::new(),
        });
        let own = (!known.contains(&this_month)).then_some(this_month);
        own.into_iter()
            .chain(known)
            .map(|month| Choice { value: month.to_string(), label: month_name(month) })
            .collect()
    });
    let choose = move |text: String| {
        if let Ok(chosen) = text.parse() {
            month.set(chosen);
        }
    };
    let table = move |()| {
        if let Some(Ok(books)) = &*told.read_untracked() {
            save_table(&format!("bottega-{}.csv", month.get_untracked()), &of_statements(&books.statements));
        }
    };
    let export = move |()| {
        let month = month.get_untracked();
        spawn_local(async move {
            match session.client().postings(month).await {
                Ok(postings) => save_table(&format!("bottega-{month}-postings.csv"), &of_postings(&postings)),
                Err(error) => session.toast(sentence(&error)),
            }
        });
    };
    let print = move |()| {
        let _printed = window().print();
    };
    let body = move || match told.get() {
        None => view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().loading() /> }.into_any(),
        Some(Err(error)) => failed(&error, Callback::new(move |()| again.update(|times| *times += 1))).into_any(),
        Some(Ok(books)) => paper(session.me().name.as_str(), month.get_untracked(), &books).into_any(),
    };
    let is_there = Memo::new(move |_| matches!(&*told.read(), Some(Ok(_))));
    view! { class=class,
        <section class="statement" aria-labelledby="statement">
            <h2 id="statement">{t().statement_title()}</h2>
            <Select
                label=t().statement_month().to_owned()
                name="month"
                choices=months
                value=Signal::derive(move || month.get().to_string())
                on_change=choose
            />
            {body}
            <div class="buttons">
                <Button icon=IconName::Print disabled=Signal::derive(move || !is_there.get()) on_click=print>
                    {t().statement_print()}
                </Button>
                <Button icon=IconName::Download disabled=Signal::derive(move || !is_there.get()) on_click=table>
                    {t().statement_csv()}
                </Button>
                <Button icon=IconName::Download on_click=export>{t().statement_postings()}</Button>
            </div>
        </section>
    }
}

fn failed(error: &ApiError, retry: Callback<()>) -> impl IntoView + use<> {
    let class = style_sheet!("src/account/money/statement.css");
    let sentence = sentence(error);
    view! { class=class,
        <p class="error" role="alert">{sentence}</p>
        <div class="buttons">
            <Button on_click=retry>{t().list_retry()}</Button>
        </div>
    }
}

/// What is printed.
fn paper(business: &str, month: Month, books: &MonthOfBooks) -> impl IntoView + use<> {
    let class = style_sheet!("src/account/money/statement.css");
    let title = format!("{business} · {}", month_name(month));
    let missing = (books.unreadable > 0)
        .then(|| view! { class=class, <p class="notice">{t().statement_missing(&books.unreadable.to_string())}</p> });
    let nothing =
        books.statements.is_empty().then(|| view! { class=class, <p class="muted">{t().statement_nothing()}</p> });
    view! { class=class,
        <div class="paper" data-print="">
            <p class="paper-title">{title}</p>
            {missing}
            {nothing}
            {books.statements.iter().map(in_currency).collect_view()}
        </div>
    }
}

fn in_currency(statement: &Statement) -> impl IntoView + use<> {
    let class = style_sheet!("src/account/money/statement.css");
    let sums = statement.sums;
    let row = move |name: &'static str, amount: Money, is_less: bool| {
        let amount = if is_less && amount.minor != 0 { crate::format::less(amount) } else { money(amount) };
        view! { class=class,
            <div>
                <dt>{name}</dt>
                <dd>
                    <bdi>{amount}</bdi>
                </dd>
            </div>
        }
    };
    let part = move |name: &'static str, amount: Money| {
        (amount.minor != 0).then(|| {
            view! { class=class,
                <div class="part">
                    <dt>{name}</dt>
                    <dd>
                        <bdi>{money(amount)}</bdi>
                    </dd>
                </div>
            }
        })
    };
    let seldom =
        move |name: &'static str, amount: Money, is_less: bool| (amount.minor != 0).then(|| row(name, amount, is_less));
    let received = Money::new(sums.paid_out.minor - sums.taken_back.minor - sums.fees.minor, sums.fees.currency);
    let lines = (!statement.lines.is_empty()).then(|| {
        view! { class=class,
            <table>
                <caption class="sr-only">{t().statement_lines()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t().statement_when()}</th>
                        <th scope="col">{t().statement_order()}</th>
                        <th scope="col">{t().statement_what()}</th>
                        <th scope="col" class="num">{t().statement_amount()}</th>
                    </tr>
                </thead>
                <tbody>{statement.lines.iter().map(line).collect_view()}</tbody>
            </table>
        }
    });
    view! { class=class,
        <dl class="sums">
            {row(t().statement_opening(), statement.opening, false)} {row(t().statement_sold(), sums.sold, false)}
            {part(t().statement_tax(), sums.tax)} {part(t().statement_shipping(), sums.shipping)}
            {row(t().statement_refunded(), sums.refunded, true)} {seldom(t().statement_disputed(), sums.disputed, true)}
            {row(t().statement_paid_out(), sums.paid_out, true)}
            {seldom(t().statement_taken_back(), sums.taken_back, false)}
            <div class="sum">
                <dt>{t().statement_closing()}</dt>
                <dd>
                    <bdi>{money(statement.closing)}</bdi>
                </dd>
            </div>
            {seldom(t().statement_fees(), sums.fees, true)}
            {(sums.fees.minor != 0).then(|| row(t().statement_received(), received, false))}
        </dl>
        {lines}
    }
}

fn line(line: &Line) -> impl IntoView + use<> {
    let class = style_sheet!("src/account/money/statement.css");
    let what = match line.movement {
        Movement::Sale => t().movement_sale(),
        Movement::Refund => t().movement_refund(),
        Movement::Dispute => t().movement_dispute(),
        Movement::Payout => t().movement_payout(),
        Movement::TakenBack => t().movement_taken_back(),
        Movement::Fee => t().movement_fee(),
    };
    let amount = match line.movement {
        Movement::Sale | Movement::TakenBack => money(line.amount),
        Movement::Refund | Movement::Dispute | Movement::Payout | Movement::Fee => crate::format::less(line.amount),
    };
    view! { class=class,
        <tr>
            <td>
                <time datetime=line.at.to_string()>{day_and_clock(line.at)}</time>
            </td>
            <td>{line.number.as_str().to_owned()}</td>
            <td>{what}</td>
            <td class="num">
                <bdi>{amount}</bdi>
            </td>
        </tr>
    }
}

crate::words! {
    statement_title "Statement" "Estratto conto";
    statement_month "Month" "Mese";
    statement_print "Print" "Stampa";
    statement_csv "Table (CSV)" "Tabella (CSV)";
    statement_postings "For an accountant (CSV)" "Per il commercialista (CSV)";
    statement_missing(count) "{count} conversations cannot be read and are missing here." "{count} conversazioni non sono leggibili e mancano qui.";
    statement_nothing "Nothing moved in this month, and nothing was kept." "In questo mese non si è mosso nulla e nulla era in custodia.";
    statement_opening "Kept for you at the beginning" "In custodia all’inizio";
    statement_sold "Sold" "Venduto";
    statement_tax "of that, tax" "di cui imposte";
    statement_shipping "of that, shipping" "di cui spedizione";
    statement_refunded "Refunded" "Rimborsato";
    statement_disputed "Lost in disputes" "Perso in contestazioni";
    statement_paid_out "Paid out to you" "Pagato a te";
    statement_taken_back "Taken back from payouts" "Ripreso dai pagamenti";
    statement_closing "Kept for you at the end" "In custodia alla fine";
    statement_fees "The processor’s fees" "Commissioni del processore";
    statement_received "Received after fees" "Ricevuto al netto";
    statement_lines "What came and went" "Entrate e uscite";
    statement_when "When" "Quando";
    statement_order "Order" "Ordine";
    statement_what "What" "Cosa";
    statement_amount "Amount" "Importo";
    movement_sale "Sale" "Vendita";
    movement_refund "Refund" "Rimborso";
    movement_dispute "Dispute" "Contestazione";
    movement_payout "Payout" "Pagamento a te";
    movement_taken_back "Taken back" "Ripreso";
    movement_fee "Fee" "Commissione";
}
