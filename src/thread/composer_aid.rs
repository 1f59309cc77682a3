//! What helps to write: it is shown above the field, and has the keys before the field while it is.

use leptos::prelude::*;
use leptos::web_sys::KeyboardEvent;

/// What helps to write. A copy is a handle.
#[derive(Clone, Copy)]
pub struct ComposerAid {
    /// What is shown above the field.
    view: StoredValue<Option<Callback<ComposerAid, AnyView>>>,
    /// Tells of a key whether it was the aid's.
    keys: StoredValue<Option<Callback<KeyboardEvent, bool>>>,
    /// The list that is offered, and what is chosen of it: ids.
    offered: RwSignal<Option<(String, String)>>,
}

impl ComposerAid {
    /// What shows `view` above the field.
    pub fn new(view: Callback<ComposerAid, AnyView>) -> Self {
        Self { view: StoredValue::new(Some(view)), keys: StoredValue::new(None), offered: RwSignal::new(None) }
    }

    /// Has the keys first, until nobody has.
    pub fn take_keys(self, keys: Option<Callback<KeyboardEvent, bool>>) {
        // Whoever leaves may leave after the field has gone.
        let _gone = self.keys.try_set_value(keys);
    }

    /// Offers a list, or none.
    pub fn offer(self, offered: Option<(String, String)>) {
        let _gone = self.offered.try_set(offered);
    }

    pub(super) fn takes(self, event: &KeyboardEvent) -> bool {
        self.keys.get_value().is_some_and(|keys| keys.run(event.clone()))
    }

    pub(super) fn view(self) -> Option<AnyView> {
        self.view.get_value().map(|view| view.run(self))
    }

    pub(super) fn list(self) -> Option<String> {
        self.offered.with(|offered| offered.as_ref().map(|(list, _)| list.clone()))
    }

    pub(super) fn chosen(self) -> Option<String> {
        self.offered.with(|offered| offered.as_ref().map(|(_, chosen)| chosen.clone()))
    }
}
