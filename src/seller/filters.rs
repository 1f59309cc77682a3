//! How the queue is narrowed down. It stands in the address, so that Back undoes it and a link shows the same.

use crate::i18n::t;
use crate::navigate::{Panels, use_panels};
use crate::ui::{Icon, IconName, IconSize};
use api::wire::QueueKind;
use domain::queue::Group;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;
use leptos_router::hooks::use_query_map;
use std::time::Duration;
use stylers::style_sheet;

/// The tabs of the queue, by whose turn it is.
pub(super) const TURNS: [(Group, &str); 3] =
    [(Group::Mine, "mine"), (Group::Waiting, "waiting"), (Group::Done, "done")];

/// After how long without a key what is written goes into the address: browsers take only so many changes of it.
const PAUSE: Duration = Duration::from_millis(300);

/// How the queue is narrowed down. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    panels: Panels,
    /// Whose turn.
    pub group: Memo<Group>,
    /// Of one kind, or all.
    pub kind: Memo<Option<QueueKind>>,
    /// The words, as they are being written.
    written: RwSignal<String>,
    /// The words.
    pub needle: Memo<String>,
    /// The words, as the address has them or will have them soon.
    told: StoredValue<String>,
    soon: StoredValue<Option<TimeoutHandle>>,
    field: NodeRef<Input>,
}

/// How the address narrows the queue down.
pub(super) fn use_filters() -> Filters {
    let query = use_query_map();
    let said = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (turn, kind, find) = (said("turn"), said("kind"), said("find"));
    let written = RwSignal::new(find.get_untracked().unwrap_or_default());
    let filters = Filters {
        panels: use_panels(),
        group: Memo::new(move |_| {
            let turn = turn.get();
            TURNS.into_iter().find(|(_, key)| turn.as_deref() == Some(*key)).map_or(Group::Mine, |(group, _)| group)
        }),
        kind: Memo::new(move |_| kind.get().as_deref().and_then(QueueKind::of)),
        written,
        needle: Memo::new(move |_| written.read().trim().to_owned()),
        told: StoredValue::new(written.get_untracked()),
        soon: StoredValue::new(None),
        field: NodeRef::new(),
    };
    // Back, or a link: what is written follows. What was written here is in the field already.
    Effect::new(move || {
        let find = find.get().unwrap_or_default();
        if filters.told.with_value(|told| *told != find) {
            filters.told.set_value(find.clone());
            written.set(find);
        }
    });
    // The address of another page is none of ours.
    on_cleanup(move || filters.forget());
    filters
}

impl Filters {
    /// Whether it is narrowed down within a turn.
    pub fn any(self) -> bool {
        self.kind.get().is_some() || !self.needle.read().is_empty()
    }

    /// Shows whose turn it is.
    pub fn show(self, group: Group) {
        let turn = TURNS.into_iter().find(|(known, _)| *known == group).map(|(_, key)| key);
        self.panels.narrow([("turn", turn.filter(|_| group != Group::Mine))], true);
    }

    /// Shows one kind, or all.
    pub fn choose(self, kind: Option<QueueKind>) {
        self.panels.narrow([("kind", kind.map(QueueKind::as_str))], true);
    }

    /// Shows all again.
    pub fn clear(self) {
        self.forget();
        self.written.set(String::new());
        self.told.set_value(String::new());
        self.panels.narrow([("kind", None), ("find", None)], true);
        self.find();
    }

    /// Takes the focus to the words.
    pub fn find(self) {
        if let Some(field) = self.field.get_untracked() {
            // It is there as long as the page.
            let _focused = field.focus();
            field.select();
        }
    }

    fn write(self, text: String) {
        self.written.set(text);
        self.forget();
        let tell = move || {
            self.forget();
            self.tell();
        };
        self.soon.set_value(set_timeout_with_handle(tell, PAUSE).ok());
    }

    fn tell(self) {
        let words = self.needle.get_untracked();
        if self.told.with_value(|told| *told != words) {
            self.told.set_value(words.clone());
            self.panels.narrow([("find", Some(words.as_str()).filter(|words| !words.is_empty()))], false);
        }
    }

    /// Who goes on comes back to what was written.
    fn leave(self) {
        if self.soon.try_with_value(Option::is_some) == Some(true) {
            self.forget();
            self.tell();
        }
    }

    fn forget(self) {
        if let Some(soon) = self.soon.try_update_value(Option::take).flatten() {
            soon.clear();
        }
    }
}

/// The field for words.
#[component]
pub(super) fn Find(
    /// What they narrow down.
    filters: Filters,
    /// Called to go back to the list.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let keydown = move |event: KeyboardEvent| {
        let back = matches!(event.key().as_str(), "ArrowDown" | "Enter") && !event.is_composing();
        if back {
            event.prevent_default();
            on_leave.run(());
        }
    };
    view! {
        <label class="search">
            <Icon name=IconName::Search size=IconSize::Small />
            <span class="sr-only">{t().queue_search()}</span>
            <input
                type="search"
                name="orders"
                autocomplete="off"
                placeholder=t().queue_search_hint()
                node_ref=filters.field
                prop:value=move || filters.written.get()
                on:input=move |event| filters.write(event_target_value(&event))
                on:keydown=keydown
                on:blur=move |_| filters.leave()
            />
        </label>
    }
}

/// Which kind is shown.
#[component]
pub(super) fn Kinds(
    /// What they narrow down.
    filters: Filters,
) -> impl IntoView {
    let class = style_sheet!("src/seller/filters.css");
    let kind = move |kind: Option<QueueKind>| {
        let words = match kind {
            None => t().queue_every_kind(),
            Some(QueueKind::ToShip) => t().queue_to_ship(),
            Some(QueueKind::Case) => t().queue_cases(),
            Some(QueueKind::ToPay) => t().queue_to_pay(),
        };
        let chosen = move || (filters.kind.get() == kind).to_string();
        view! { class=class,
            <button type="button" aria-pressed=chosen on:click=move |_| filters.choose(kind)>
                {words}
            </button>
        }
    };
    let kinds = std::iter::once(None).chain(QueueKind::ALL.map(Some));
    view! { class=class,
        <div class="kinds" role="group" aria-label=t().queue_kind()>
            {kinds.map(kind).collect_view()}
        </div>
    }
}

/// Why nothing is listed where something could be, and the way on.
#[component]
pub(super) fn Nothing(
    /// What it is narrowed down to.
    filters: Filters,
) -> impl IntoView {
    let words = move || match (filters.kind.get(), filters.group.get()) {
        _ if !filters.needle.read().is_empty() => t().queue_none_of(&filters.needle.read()),
        (Some(QueueKind::ToShip), _) => t().queue_none_to_ship().to_owned(),
        (Some(QueueKind::Case), _) => t().queue_no_cases().to_owned(),
        (Some(QueueKind::ToPay), _) => t().queue_none_to_pay().to_owned(),
        (None, Group::Mine) => t().queue_nothing_to_do().to_owned(),
        (None, Group::Waiting) => t().queue_nothing_waits().to_owned(),
        (None, Group::Done) => t().queue_nothing_done().to_owned(),
    };
    let all = move || {
        filters.any().then(|| {
            view! {
                <button type="button" class="link" on:click=move |_| filters.clear()>
                    {t().queue_show_all()}
                </button>
            }
        })
    };
    view! {
        <div class="empty muted center">
            <p>{words}</p>
            {all}
        </div>
    }
}

crate::words! {
    queue_search "Search orders" "Cerca negli ordini";
    queue_search_hint "Order, person, parcel" "Ordine, persona, pacco";
    queue_kind "Kind" "Tipo";
    queue_every_kind "All" "Tutti";
    queue_to_ship "To ship" "Da spedire";
    queue_cases "Cases" "Segnalazioni";
    queue_to_pay "To pay" "Da pagare";
    queue_none_of(words) "Nothing here has “{words}” in it." "Qui non c’è nulla con «{words}».";
    queue_none_to_ship "No parcel waits to be shipped here." "Qui nessun pacco aspetta di essere spedito.";
    queue_no_cases "No cases here. Nobody is arguing." "Qui nessuna segnalazione. Nessuno discute.";
    queue_none_to_pay "No payment request waits here." "Qui nessuna richiesta di pagamento in attesa.";
    queue_nothing_to_do "Nothing waits for you." "Non c’è nulla che aspetta te.";
    queue_nothing_waits "Nothing waits for others." "Non c’è nulla che aspetta altri.";
    queue_nothing_done "Nothing is done yet." "Ancora nulla di concluso.";
    queue_show_all "Show all" "Mostra tutti";
}
