//! What fails is tried again less and less often, is listed when it has failed for good, and can be done again.

use api::app::App;
use api::contract::World;
use api::provider::{Fact, Outcome, PaymentProvider, ProviderError, Purchase, Returned, Taken, Told};
use api::store::{OutboxEntry, Store, Work};
use api::wire::TestBehaviour;
use api::worker::Worked;
use domain::dispute::DisputeAnswer;
use domain::ids::{AccountId, DisputeId, MethodId, OrderId, PaymentId, RefundId};
use domain::money::Money;
use domain::order::{Order, Shipment};
use domain::payment::MethodKind;
use domain::payment_request::RequestStatus;
use domain::time::Span;
use server::dead_letters;
use server::store::SqlStore;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

/// A processor that is of no use.
#[derive(Clone, Copy)]
enum Useless {
    /// Nobody reaches it.
    Away,
    /// Who calls it breaks.
    Broken,
}

impl Useless {
    fn answer<'a, T: Send + 'a>(self) -> Told<'a, T> {
        Box::pin(async move {
            match self {
                Self::Away => Err(ProviderError::Unavailable("away".to_owned())),
                Self::Broken => panic!("a worker breaks"),
            }
        })
    }
}

impl PaymentProvider for Useless {
    fn offers(&self) -> &'static [MethodKind] {
        &[MethodKind::MetaPay]
    }
    fn authorise<'a>(&'a self, _: Purchase<'a>) -> Told<'a, Outcome> {
        self.answer()
    }
    fn approval<'a>(&'a self, _: &'a PaymentId) -> Told<'a, Option<String>> {
        self.answer()
    }
    fn look<'a>(&'a self, _: &'a PaymentId) -> Told<'a, Vec<Fact>> {
        self.answer()
    }
    fn capture<'a>(&'a self, _: &'a PaymentId) -> Told<'a, Taken> {
        self.answer()
    }
    fn void<'a>(&'a self, _: &'a PaymentId) -> Told<'a, ()> {
        self.answer()
    }
    fn refund<'a>(&'a self, _: &'a RefundId, _: &'a PaymentId, _: Money) -> Told<'a, Returned> {
        self.answer()
    }
    fn pay_out<'a>(&'a self, _: &'a OrderId, _: Money) -> Told<'a, ()> {
        self.answer()
    }
    fn push_tracking<'a>(&'a self, _: &'a PaymentId, _: &'a Shipment) -> Told<'a, ()> {
        self.answer()
    }
    fn answer_dispute<'a>(&'a self, _: &'a DisputeId, _: DisputeAnswer, _: &'a Order) -> Told<'a, ()> {
        self.answer()
    }
    fn forget<'a>(&'a self, _: &'a AccountId, _: &'a MethodId) -> Told<'a, ()> {
        self.answer()
    }
}

struct Shop {
    world: World,
    store: SqlStore,
    database: PathBuf,
    _folder: tempfile::TempDir,
}

impl Shop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("shop.db");
        let store = SqlStore::sqlite(&database).await.expect("opened");
        Self { world: World::over(Arc::new(store.clone())).await, store, database, _folder: folder }
    }

    /// The same app with a processor that is of no use.
    fn with(&self, useless: Useless) -> App {
        App { provider: Arc::new(useless), ..self.world.app.clone() }
    }

    async fn waiting(&self) -> Option<OutboxEntry> {
        self.store.outbox(1).await.expect("readable").into_iter().next()
    }

    async fn listed(&self) -> Vec<String> {
        let letters = dead_letters::all(&self.store).await.expect("readable");
        letters.iter().map(ToString::to_string).collect()
    }
}

fn run(database: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bottega-server"));
    command.arg("dead-letters").args(words).arg("--database").arg(format!("sqlite:{}", database.display()));
    command.output().expect("a program that runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_processor_never_does_is_given_up_after_three_days_and_done_when_it_is_told_to() {
    let shop = Shop::open().await;
    let thread = shop.world.thread().await;
    let request = shop.world.ask(&thread).await;
    let payment = shop.world.tap_pay(&request, TestBehaviour::Approve).await;
    let app = shop.with(Useless::Away);
    let first = shop.waiting().await.expect("a payment to authorise");
    let (mut at, mut tries) = (first.at, 0);
    while let Some(entry) = shop.waiting().await {
        assert_eq!((entry.attempts, &entry.task), (tries, &first.task));
        at = entry.at;
        let worked = app.work_off(&Work::Entry(entry), at).await.expect("a store that works");
        tries += 1;
        match shop.waiting().await {
            Some(next) => {
                assert_eq!(worked, Worked::Done);
                assert!(next.at > at && next.at <= at.plus(Span::minutes(10)), "the next try: {}", next.at);
            }
            None => assert_eq!(worked, Worked::Failed),
        }
    }
    let days = at.since(first.at).as_millis() / 86_400_000;
    assert!((2..=3).contains(&days), "{tries} tries in {days} days");
    let listed = shop.listed().await;
    assert_eq!(listed.len(), 1, "{listed:?}");
    for part in [first.id.as_str(), payment.as_str(), thread.as_str(), "processor_silent", &at.to_string()] {
        assert!(listed[0].contains(part), "{part} is missing in {}", listed[0]);
    }

    let output = run(&shop.database, &[]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), listed[0]);
    let output = run(&shop.database, &["--retry", "cmd_unknown-1"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no dead letter cmd_unknown-1"));
    let output = run(&shop.database, &["--retry", &first.id]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let again = OutboxEntry { at, ..first };
    assert_eq!(shop.waiting().await.as_ref(), Some(&again), "as if it had never been tried");
    assert_eq!(shop.listed().await, Vec::<String>::new());
    assert_eq!(shop.world.app.work_off(&Work::Entry(again), at).await, Ok(Worked::Done));
    assert!(shop.world.state(&thread).await.order_of(&payment).is_some());
    assert!(!run(&shop.database, &["--retry", listed[0].split(' ').next().expect("a name")]).status.success());
}

#[tokio::test]
async fn timers_that_always_fail_are_given_up_and_fire_when_they_are_told_to() {
    let shop = Shop::open().await;
    let (thread, request) = shop.world.asked_by_terra(600).await;
    let whole = shop.store.export().await.expect("readable");
    let key = format!("state/{thread}");
    let whole = whole.into_iter().filter(|(known, _)| *known == key).collect();
    shop.store.import(vec![(key, "{".to_owned())]).await.expect("written");
    let due = async || shop.store.due(1).await.expect("readable").into_iter().next();
    let (first, _) = due().await.expect("it expires");
    let (mut at, mut worked) = (first, Worked::Done);
    while let Some((when, of)) = due().await {
        at = when;
        worked = shop.world.app.work_off(&Work::Timers(when, of), when).await.expect("a store that works");
    }
    assert_eq!((worked, at.since(first).as_millis() / 86_400_000), (Worked::Failed, 3));
    let listed = shop.listed().await;
    assert!(matches!(listed.as_slice(), [one] if one.contains("storage_corrupt")), "{listed:?}");

    shop.store.import(whole).await.expect("written");
    dead_letters::retry(&shop.store, &format!("timers-{thread}")).await.expect("put back");
    shop.world.pass(4 * 86_400).await;
    assert_eq!(due().await, None, "they have fired");
    assert_eq!(shop.world.state(&thread).await.requests[&request].status, RequestStatus::Expired);
    assert_eq!(shop.listed().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_worker_breaks_over_is_put_off_and_holds_up_nobody() {
    let shop = Shop::open().await;
    let thread = shop.world.thread().await;
    let request = shop.world.ask(&thread).await;
    shop.world.tap_pay(&request, TestBehaviour::Approve).await;
    let before = shop.waiting().await.expect("a payment to authorise");
    let broken = shop.with(Useless::Broken);
    assert_eq!(server::workers::work_off(&broken).await, Ok(0));
    let after = shop.waiting().await.expect("it is tried again");
    assert_eq!((after.attempts, &after.id), (1, &before.id));
    assert!(after.at > before.at);
    assert_eq!(server::workers::work_off(&broken).await, Ok(0), "it is not due yet");
    assert_eq!(shop.waiting().await, Some(after));
}

#[tokio::test]
async fn what_cannot_be_read_is_listed_and_nobody_pretends_to_do_it_again() {
    let shop = Shop::open().await;
    let entry = ("outbox/000000000000001/cmd_lost-1".to_owned(), "{".to_owned());
    shop.store.import(vec![entry]).await.expect("written");
    assert_eq!(shop.waiting().await, None);
    let listed = shop.listed().await;
    assert!(matches!(listed.as_slice(), [one] if one.contains("cannot be read")), "{listed:?}");
    let refused = dead_letters::retry(&shop.store, "cmd_lost-1").await.expect_err("refused");
    assert!(refused.to_string().contains("cannot be read"), "{refused}");
}
