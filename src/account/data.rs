//! One's data, taken along: everything for programs, and what was bought and sold as a table.

mod csv;

use crate::app::{save_file, save_table};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::use_session;
use crate::ui::{Button, IconName};
use api::client::{Export, Progress};
use csv::of_payments;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// What a file is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Everything, as programs read it.
    Json,
    /// Payments and their orders, as a table.
    Csv,
}

/// Where an export stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// Nobody has asked.
    Idle,
    /// It is being put together.
    Reading(Progress),
    /// It did not work; why.
    Failed(String),
    /// The file was given to the reader; so many conversations are in it, and so many are missing.
    Done { conversations: usize, unreadable: usize },
}

/// The section about one's data.
#[component]
pub(super) fn YourData() -> impl IntoView {
    let class = style_sheet!("src/account/data.css");
    let session = use_session();
    let standing = RwSignal::new(Standing::Idle);
    // Whoever leaves the page no longer wants the file.
    let is_here = move || !standing.is_disposed();
    let take = move |form: Form| {
        standing.set(Standing::Reading(Progress::default()));
        spawn_local(async move {
            let tell = |progress| {
                if is_here() {
                    standing.set(Standing::Reading(progress));
                }
            };
            let told = session.client().everything_of_me(session.now_untracked(), tell).await;
            if is_here() {
                standing.set(match told {
                    Ok(export) => saved(form, &export),
                    Err(error) => Standing::Failed(sentence(&error)),
                });
            }
        });
    };
    let is_reading = Signal::derive(move || matches!(&*standing.read(), Standing::Reading(_)));
    let told = move || match standing.get() {
        Standing::Idle => ().into_any(),
        Standing::Reading(Progress { read, of }) => view! { class=class,
            <progress aria-label=t().data_reading() max=of.max(1).to_string() value=read.min(of).to_string() />
            <p class="muted fine">{t().data_progress(&read.min(of).to_string(), &of.to_string())}</p>
        }
        .into_any(),
        Standing::Failed(why) => view! { class=class, <p class="error">{why}</p> }.into_any(),
        Standing::Done { conversations, unreadable } => {
            let missing = (unreadable > 0).then(|| t().statement_missing(&unreadable.to_string()));
            view! { class=class,
                <p class="muted fine">{t().data_done(&conversations.to_string())} " " {missing}</p>
            }
            .into_any()
        }
    };
    view! { class=class,
        <section class="data" aria-labelledby="data">
            <h2 id="data">{t().data_title()}</h2>
            <p class="muted">{t().data_note()}</p>
            <div class="buttons">
                <Button icon=IconName::Download disabled=is_reading on_click=Callback::new(move |()| take(Form::Json))>
                    {t().data_json()}
                </Button>
                <Button icon=IconName::Download disabled=is_reading on_click=Callback::new(move |()| take(Form::Csv))>
                    {t().data_csv()}
                </Button>
            </div>
            <div role="status">{told}</div>
        </section>
    }
}

/// Gives the reader the file.
fn saved(form: Form, export: &Export) -> Standing {
    let name = |ending: &str| format!("bottega-{}.{ending}", export.account.handle);
    match form {
        Form::Json => match serde_json::to_string_pretty(export) {
            Ok(text) => save_file(&name("json"), &text),
            Err(error) => return Standing::Failed(error.to_string()),
        },
        Form::Csv => save_table(&name("csv"), &of_payments(export)),
    }
    Standing::Done { conversations: export.conversations.len(), unreadable: export.unreadable }
}

crate::words! {
    data_title "Your data" "I tuoi dati";
    data_note "Your conversations, requests, orders, payments and addresses, in a file. Photos stay where they are; the file names them."
        "Le tue conversazioni, richieste, ordini, pagamenti e indirizzi, in un file. Le foto restano dove sono; il file le nomina.";
    data_json "Everything (JSON)" "Tutto (JSON)";
    data_csv "Orders and payments (CSV)" "Ordini e pagamenti (CSV)";
    data_reading "Putting your data together" "Raccolta dei tuoi dati";
    data_progress(read, of) "{read} of {of} events" "{read} di {of} eventi";
    data_done(count) "Done: {count} conversations." "Fatto: {count} conversazioni.";
}
