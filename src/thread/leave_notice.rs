//! Before a link leads away, and a picture in full.

use crate::i18n::t;
use crate::ui::Sheet;
use leptos::prelude::*;
use stylers::style_sheet;

/// Says where a link leads before it is followed; shows a picture in full when there is no host.
#[component]
pub(super) fn LeaveNotice(
    /// Where to.
    href: String,
    /// Whose site that is; empty for a picture of the thread.
    host: String,
    /// Called to stay.
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/thread/leave_notice.css");
    if host.is_empty() {
        return view! { class=class,
            <Sheet title=t().talk_photo() close_label=t().talk_close() on_close>
                <img class="full" src=href alt=t().talk_photo() />
            </Sheet>
        }
        .into_any();
    }
    let shown = host.clone();
    view! { class=class,
        <Sheet title=t().talk_leaving() close_label=t().talk_stay() on_close>
            <div class="leave">
                <p>{t().talk_leads_to()} " " <b><bdi>{shown}</bdi></b></p>
                <p class="muted">{t().talk_leave_note()}</p>
                <a class="button primary wide" href=href target="_blank" rel="noopener noreferrer nofollow" on:click=move |_| on_close.run(())>
                    {t().talk_open(&host)}
                </a>
            </div>
        </Sheet>
    }
    .into_any()
}
