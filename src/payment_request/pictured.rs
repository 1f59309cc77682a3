//! A picture of what is sold.

use crate::store::use_session;
use domain::ids::ThreadId;
use domain::picture::Picture;
use leptos::prelude::*;

/// A picture of what is sold in a thread; the words beside it say what it shows. Its place is kept while it comes.
#[component]
pub fn Pictured(
    /// In which thread.
    thread: ThreadId,
    /// Which.
    picture: Picture,
    /// The classes of the image.
    #[prop(default = "thumb s40")]
    class: &'static str,
) -> impl IntoView {
    let address = use_session().picture(&thread, &picture);
    move || match address.get() {
        Some(address) => view! { <img class=class src=address alt="" loading="lazy" decoding="async" /> }.into_any(),
        None => view! { <span class=class></span> }.into_any(),
    }
}
