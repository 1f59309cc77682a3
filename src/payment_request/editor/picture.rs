//! The picture of the card: one of the items', or a photo of the seller's own.

use super::Editor;
use super::draft::Draft;
use super::kept::{keep, kept};
use crate::i18n::t;
use crate::payment_request::pictured::Pictured;
use crate::photo::downsized;
use crate::refusal::sentence;
use crate::store::{Session, new_key};
use crate::ui::{Icon, IconName};
use domain::ids::PhotoId;
use domain::picture::Picture;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::File;

/// Takes a photo in, which the card has from then on.
pub(super) type Take = Action<File, Result<(), String>>;

async fn taken(session: Session, file: &File) -> Result<PhotoId, String> {
    let small = downsized(file).await?;
    session.upload(&new_key(), &small.upload).await.map_err(|error| sentence(&error))
}

/// Takes photos in. Where the editor was left meanwhile, the draft that it kept has the photo.
pub(super) fn photo_action(editor: Editor) -> Take {
    Action::new_local(move |file: &File| {
        let (file, place) = (file.clone(), editor.place());
        // So that there is a draft to take it in.
        editor.change(|_as_it_is| {});
        async move {
            let photo = taken(editor.session, &file).await?;
            if !editor.draft.is_disposed() {
                editor.change(|draft| draft.set_photo(Some(photo)));
            } else if let Some(mut draft) = kept(&place) {
                draft.set_photo(Some(photo));
                // What cannot be kept is chosen again.
                let _kept = keep(&place, &draft);
            }
            Ok(())
        }
    })
}

/// Which picture the card has.
#[component]
pub(super) fn CardPicture(
    /// The editor.
    editor: Editor,
    /// Takes a photo in.
    take: Take,
) -> impl IntoView {
    let pictures = Memo::new(move |_| editor.draft.with(Draft::pictures));
    let chosen = Memo::new(move |_| editor.draft.with(Draft::card_picture));
    let has_photo = Memo::new(move |_| editor.draft.with(|draft| draft.photo.is_some()));
    let files = NodeRef::<Input>::new();
    let choose_file = move |_| {
        let Some(input) = files.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            take.dispatch_local(file);
        }
        // The same picture can be chosen again.
        input.set_value("");
    };
    let one = move |(index, picture): (usize, Picture)| {
        let label = match &picture {
            Picture::Photo(_) => t().editor_own_picture().to_owned(),
            Picture::Site(_) => t().editor_picture_n(&(index + 1).to_string()),
        };
        let this = StoredValue::new(picture.clone());
        let is_chosen = move || this.with_value(|this| chosen.with(|chosen| chosen.as_ref() == Some(this)));
        view! {
            <label>
                <input
                    class="sr-only"
                    type="radio"
                    name="picture"
                    aria-label=label
                    prop:checked=is_chosen
                    on:change=move |_| editor.change(|draft| draft.picture = Some(this.get_value()))
                />
                <Pictured thread=editor.cell.id() picture class="thumb s64" />
            </label>
        }
    };
    let says = move || if has_photo.get() { t().editor_change_photo() } else { t().editor_add_photo() };
    let failed = move || take.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().cloned()));
    view! {
        <fieldset class="pictures">
            <legend class="hint">{t().editor_picture()}</legend>
            <div>
                {move || pictures.get().into_iter().enumerate().map(one).collect_view()}
                <input type="file" accept="image/*" hidden node_ref=files on:change=choose_file />
                <button
                    class="thumb s64 take"
                    type="button"
                    title=says
                    aria-label=says
                    aria-busy=move || take.pending().get().then_some("true")
                    on:click=move |_| {
                        if let Some(files) = files.get_untracked() {
                            files.click();
                        }
                    }
                >
                    <Icon name=IconName::Image />
                </button>
            </div>
            <Show when=move || has_photo.get()>
                <button class="link" type="button" on:click=move |_| editor.change(|draft| draft.set_photo(None))>
                    {t().editor_remove_photo()}
                </button>
            </Show>
            {move || failed().map(|failed| view! { <p class="error" role="alert">{failed}</p> })}
        </fieldset>
    }
}
