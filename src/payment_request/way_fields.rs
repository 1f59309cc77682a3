//! What every way of delivery says, in one request or in all: what it is called, what it costs and how long it takes.

use crate::i18n::t;
use crate::ui::TextField;
use leptos::prelude::*;

/// One of the fields that every way of delivery has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayPart {
    /// What it is called.
    Name,
    /// What it costs.
    Price,
    /// How many working days it takes.
    Days,
}

/// The three fields, inside somebody's form.
#[component]
pub fn WayFields(
    /// The names of the fields, in their order.
    names: [&'static str; 3],
    /// What was typed.
    read: impl Fn(WayPart) -> String + Copy + Send + Sync + 'static,
    /// Takes what is typed.
    write: impl Fn(WayPart, String) + Copy + Send + Sync + 'static,
    /// What is wrong with it.
    error: impl Fn(WayPart) -> Signal<Option<String>>,
    /// Told when one leaves a field.
    #[prop(optional, into)]
    leave: Option<Callback<WayPart>>,
) -> impl IntoView {
    let [name, price, days] = names;
    let left = move |part| {
        if let Some(leave) = leave {
            leave.run(part);
        }
    };
    view! {
        <TextField
            label=t().editor_way().to_owned()
            name=name
            value=Signal::derive(move || read(WayPart::Name))
            on_input=move |text: String| write(WayPart::Name, text)
            on_blur=move |()| left(WayPart::Name)
            error=error(WayPart::Name)
            max_length=120u32
        />
        <TextField
            label=t().editor_way_price().to_owned()
            name=price
            inputmode="decimal"
            value=Signal::derive(move || read(WayPart::Price))
            on_input=move |text: String| write(WayPart::Price, text)
            on_blur=move |()| left(WayPart::Price)
            error=error(WayPart::Price)
        />
        <TextField
            label=t().editor_way_days().to_owned()
            name=days
            value=Signal::derive(move || read(WayPart::Days))
            on_input=move |text: String| write(WayPart::Days, text)
            on_blur=move |()| left(WayPart::Days)
            error=error(WayPart::Days)
        />
    }
}
