//! The simulated processor's own window, served by the app.

use super::window::tell_opener;
use crate::format::money;
use crate::i18n::t;
use crate::navigate::{Panel, panel_path};
use crate::payment_request::{Standing, method_name, peer_name};
use crate::refusal::sentence;
use crate::store::{ThreadCell, new_key, use_session};
use crate::ui::{Button, ButtonSize, ButtonVariant, Icon, IconName, IconSize, Skeleton, SkeletonKind};
use api::client::{ApiError, PaymentAct};
use api::wire::{ActOnApproval, ApprovalOutcome};
use domain::ids::PaymentId;
use domain::payment::{Payment, RequiredAction};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use stylers::style_sheet;

/// Where a payment is approved: the simulated processor's own window, at `/approve/:payment`.
#[component]
pub fn ApprovalPage() -> impl IntoView {
    let class = style_sheet!("src/checkout/approval_page.css");
    let session = use_session();
    let payment = use_params_map().with_untracked(|params| params.get("payment"));
    let payment = payment.and_then(|payment| payment.parse::<PaymentId>().ok());
    let load = move |(): &()| {
        let payment = payment.clone();
        async move {
            let payment = payment.ok_or_else(|| ApiError::Problem(api::problem::Problem::not_found()))?;
            let thread = session.client().thread_of(payment.as_str()).await?;
            let cell = session.thread(&thread).await?;
            Ok::<_, ApiError>((payment, cell))
        }
    };
    let load = Action::new_local(load);
    load.dispatch_local(());
    let page = move || {
        load.value().with(|last| match last {
            None => view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().approval_loading() /> }.into_any(),
            Some(Err(error)) => view! { <p class="error" role="alert">{sentence(error)}</p> }.into_any(),
            Some(Ok((payment, cell))) => view! { <Approval payment=payment.clone() cell=*cell /> }.into_any(),
        })
    };
    view! { class=class, <main class="approval-page">{page}</main> }
}

/// One payment to approve.
#[component]
fn Approval(
    /// Which.
    payment: PaymentId,
    /// The thread it is in.
    cell: ThreadCell,
) -> impl IntoView {
    let session = use_session();
    let known = cell.state.with_untracked(|state| state.payments.get(&payment).cloned());
    let Some(Payment { request, amount, method, .. }) = known else {
        return view! { <p role="alert">{t().approval_nothing()}</p> }.into_any();
    };
    let back = panel_path(&cell.id(), &Panel::Checkout(request.clone()));
    let (method, amount) = (method_name(&method), money(amount));
    let act = Action::new_local(move |outcome: &ApprovalOutcome| {
        let (outcome, payment) = (*outcome, payment.clone());
        async move {
            let (client, act_key, key) = (session.client(), new_key(), new_key());
            client.act_on_approval(&act_key, &payment, &ActOnApproval { outcome }).await?;
            let then = match outcome {
                ApprovalOutcome::Approve | ApprovalOutcome::Fail => PaymentAct::Resume,
                ApprovalOutcome::Cancel => PaymentAct::Cancel,
            };
            let told = session.commit(client.on_payment(&key, &payment, then)).await;
            tell_opener(&payment);
            told?;
            // Refused where the browser did not open it: the link is there.
            let _closed = window().close();
            Ok::<_, ApiError>(())
        }
    });
    let wants = Memo::new(move |_| match cell.state.with(|state| Standing::of(state, &request)) {
        Standing::Confirm { action, .. } => Some(action),
        Standing::Idle | Standing::Failed { .. } | Standing::Paying | Standing::Checking | Standing::Paid => None,
    });
    let is_done = move || act.value().with(|last| matches!(last, Some(Ok(()))));
    let problem = move || act.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
    let does = move |outcome| Callback::new(move |()| drop(act.dispatch_local(outcome)));
    let title = move || match wants.get() {
        Some(RequiredAction::Challenge) => t().approval_bank_title(),
        Some(RequiredAction::Approval) | None => t().approval_title(),
    };
    let buttons = move || match (is_done(), wants.get()) {
        (true, _) => view! { <p role="status">{t().approval_done()}</p> }.into_any(),
        (false, None) if !act.pending().get() => view! { <p role="status">{t().approval_nothing()}</p> }.into_any(),
        (false, _) => view! {
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Big
                pending=act.pending()
                on_click=does(ApprovalOutcome::Approve)
            >
                {t().approval_approve()}
            </Button>
            <Button size=ButtonSize::Wide pending=act.pending() on_click=does(ApprovalOutcome::Fail)>
                {t().approval_fail()}
            </Button>
            <Button
                variant=ButtonVariant::Quiet
                size=ButtonSize::Wide
                pending=act.pending()
                on_click=does(ApprovalOutcome::Cancel)
            >
                {t().approval_cancel()}
            </Button>
        }
        .into_any(),
    };
    view! {
        <h1>{title}</h1>
        <p class="sum num">{amount}</p>
        <p class="muted">{t().approval_to(&peer_name(session, cell))} " · " {method}</p>
        <p class="notice">
            <Icon name=IconName::Info size=IconSize::Small />
            <span>{t().approval_demo()}</span>
        </p>
        {buttons}
        {move || problem().map(|problem| view! { <p class="error" role="alert">{problem}</p> })}
        <a class="link" href=back>
            {t().approval_back()}
        </a>
    }
    .into_any()
}
