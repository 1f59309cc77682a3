//! What the keyboard does in the queue: a line below it, and all of it on a sheet.

use crate::i18n::t;
use crate::store::use_session;
use crate::ui::Sheet;
use leptos::prelude::*;
use stylers::style_sheet;

/// What a key is called, and what it does.
type Does = (Vec<&'static str>, &'static str);

/// All of them. Who only buys hands nothing over.
fn keys(sells: bool) -> Vec<Does> {
    let for_all = [
        (vec!["j", "↓"], t().queue_key_next()),
        (vec!["k", "↑"], t().queue_key_previous()),
        (vec![t().queue_key_enter()], t().queue_key_open()),
    ];
    let to_sell = [
        (vec!["x", t().queue_key_space()], t().queue_key_select()),
        (vec!["s"], t().queue_key_ship()),
        (vec!["b"], t().queue_key_paste()),
    ];
    let besides = [
        (vec!["r"], t().queue_key_reply()),
        (vec!["/"], t().queue_key_find()),
        (vec!["?"], t().queue_key_help()),
        (vec!["Ctrl", "K"], t().queue_key_palette()),
    ];
    let to_sell = to_sell.into_iter().filter(|_| sells);
    for_all.into_iter().chain(to_sell).chain(besides).collect()
}

/// The keys that are used most, and a button for all of them.
#[component]
pub(super) fn KeysLine(
    /// Called to show all of them.
    #[prop(into)]
    on_all: Callback<()>,
) -> impl IntoView {
    let for_all = [(vec!["j", "k"], t().queue_key_move()), (vec![t().queue_key_enter()], t().queue_key_open())];
    let to_sell =
        [(vec!["x"], t().queue_key_select()), (vec!["s"], t().queue_key_ship()), (vec!["b"], t().queue_key_paste())];
    let sells = use_session().is_business();
    let some = for_all.into_iter().chain(to_sell.into_iter().filter(|_| sells));
    let key = |(keys, does): Does| view! { <span>{caps(keys)} {does}</span> };
    view! {
        <p class="keys">
            {some.map(key).collect_view()}
            <button type="button" class="link" on:click=move |_| on_all.run(())>
                {t().queue_keys_all()}
            </button>
        </p>
    }
}

/// All keys.
#[component]
pub(super) fn KeysSheet(
    /// Called to close it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/seller/keys.css");
    let all = keys(use_session().is_business());
    let key = move |(keys, does): Does| {
        view! { class=class,
            <div>
                <dt>{does}</dt>
                <dd>{caps(keys)}</dd>
            </div>
        }
    };
    view! { class=class,
        <Sheet title=t().queue_keys_title() subtitle=t().queue_keys_where() close_label=t().order_close() on_close>
            <dl class="key-list">{all.into_iter().map(key).collect_view()}</dl>
        </Sheet>
    }
}

fn caps(keys: Vec<&'static str>) -> impl IntoView {
    keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view()
}

crate::words! {
    queue_key_move "move" "muovi";
    queue_key_next "Next row" "Riga dopo";
    queue_key_previous "Row before" "Riga prima";
    queue_key_space "Space" "Spazio";
    queue_key_select "select" "seleziona";
    queue_key_enter "Enter" "Invio";
    queue_key_open "open" "apri";
    queue_key_ship "mark shipped" "segna come spedito";
    queue_key_paste "paste tracking numbers" "incolla i numeri";
    queue_key_reply "reply in the conversation" "rispondi nella conversazione";
    queue_key_find "find an order" "cerca un ordine";
    queue_key_help "show these keys" "mostra questi tasti";
    queue_key_palette "go anywhere" "vai ovunque";
    queue_keys_all "All keys" "Tutti i tasti";
    queue_keys_title "Keyboard" "Tastiera";
    queue_keys_where "Letters work while the focus is in the list." "Le lettere valgono mentre il focus è nella lista.";
}
