//! When what is stored cannot be read: what happened, and the two ways out of it. The same wherever it is met.

use crate::app::save_file;
use crate::i18n::t;
use crate::parts::apart;
use crate::refusal::sentence;
use crate::store::forget_written;
use crate::transport;
use crate::ui::{Button, ButtonVariant, ConfirmDialog, Icon, IconName, IconSize};
use crate::url::reload;
use api::client::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// Whether what this browser has stored cannot be read. What a server has stored is not the reader's to mend.
pub fn is_damage(error: &ApiError) -> bool {
    let told = matches!(error, ApiError::Problem(problem) if problem.code == "storage_corrupt");
    told && transport::is_kept_here()
}

crate::part! {
    pages, fetch_way_out;
    /// It comes with the pages: few ever need it.
    pub fn way_out_view() {
        view! { <TwoWaysOut /> }.into_any()
    }
}

/// Takes everything out as it is, or begins anew.
#[component]
pub fn WayOut() -> impl IntoView {
    apart(fetch_way_out, way_out_view, |view| view)
}

#[component]
fn TwoWaysOut() -> impl IntoView {
    let class = style_sheet!("src/damage.css");
    let asking = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let export = move |()| {
        spawn_local(async move {
            match transport::export_raw().await {
                Ok(text) => save_file("bottega-export.json", &text),
                Err(error) => problem.set(Some(sentence(&error))),
            }
        });
    };
    let afresh = move |()| {
        asking.set(false);
        spawn_local(async move {
            match transport::start_afresh().await {
                Ok(()) => {
                    forget_written().await;
                    reload();
                }
                Err(error) => problem.set(Some(sentence(&error))),
            }
        });
    };
    let question = move || {
        asking.get().then(|| {
            view! {
                <ConfirmDialog
                    title=t().start_afresh()
                    text=t().start_afresh_note()
                    confirm_label=t().start_afresh()
                    cancel_label=t().start_afresh_not()
                    on_confirm=Callback::new(afresh)
                    on_cancel=Callback::new(move |()| asking.set(false))
                />
            }
        })
    };
    view! { class=class,
        <div class="way-out">
            <div class="buttons">
                <Button icon=IconName::Download on_click=Callback::new(export)>{t().export_stored()}</Button>
                <Button variant=ButtonVariant::Danger on_click=Callback::new(move |()| asking.set(true))>
                    {t().start_afresh()}
                </Button>
            </div>
            <p role="alert" class="error">{move || problem.get()}</p>
            {question}
        </div>
    }
}

/// A refusal over what can still be shown; with the ways out when it is damage.
#[component]
pub fn Trouble(
    /// What was refused.
    error: ApiError,
    /// What is damaged, in a sentence of the page that met it.
    damaged: &'static str,
    /// What else can be done about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let is_damage = is_damage(&error);
    let words = if is_damage { damaged.to_owned() } else { sentence(&error) };
    view! {
        <div class="notice bad" role="alert">
            <Icon name=IconName::Warning size=IconSize::Small />
            <p>{words}</p>
            {children.map(|children| children())}
        </div>
        {is_damage.then(|| view! { <WayOut /> })}
    }
}

crate::words! {
    export_stored "Export what is stored" "Esporta i dati";
    start_afresh "Start afresh" "Ricomincia da capo";
    start_afresh_not "Keep it" "Non ora";
    start_afresh_note "Everything that Bottega keeps in this browser is deleted, also what can still be read. Export it first if you want to have it."
        "Tutto ciò che Bottega conserva in questo browser viene eliminato, anche quello che si può ancora leggere. Se vuoi tenerlo, prima esportalo.";
}
