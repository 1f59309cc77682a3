//! Plays the scripts, line by line in the order of time, through the commands.

use super::script::{Act, Ask, Line, Person, Scan, Side, Talk, Ware, World};
use crate::app::{App, kinds};
use crate::clock::DemoClock;
use crate::commit::{Call, Origin};
use crate::problem::Problem;
use crate::store::{Member, OutboxEntry, Task};
use crate::wire::{
    Account, Business, Catalogue, MethodUse, Photo, Product, SavedAddress, SavedMethod, TestBehaviour, Wallet,
};
use domain::address::{Address, Destination};
use domain::carrier::{Carrier, TrackingNumber, recognise};
use domain::command::Command;
use domain::decide::Opening;
use domain::ids::{AccountId, AddressId, CommandId, MessageId, MethodId, OrderId, PhotoId, ProductId, ThreadId};
use domain::market::Country;
use domain::message::{Content, Quote};
use domain::money::{Currency, Money, Rate};
use domain::order::{Order, TrackingEvent, TrackingStatus};
use domain::payment::{ConfirmedBy, MethodKind, MethodView};
use domain::payment_request::Proposal;
use domain::picture::Picture;
use domain::terms::{Delivery, Item, Tax, Terms, TermsDraft};
use domain::thread::{Actor, Role, Thread};
use domain::time::{Span, Timestamp};
use domain::timeline::RowItem;
use std::collections::BTreeMap;

/// What the last hour and a half brought is still unread.
const FRESH: Span = Span::minutes(90);

fn broken(what: impl std::fmt::Display) -> Problem {
    Problem::new(500, super::MARKER, format!("the demo world breaks a rule: {what}"))
}

fn account_id(handle: &str) -> Result<AccountId, Problem> {
    format!("acc_{handle}").parse().map_err(broken)
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// A thread as it is being played.
struct Stage {
    id: ThreadId,
    buyer: AccountId,
    catalogue: Vec<Ware>,
    /// The message each line of the script said, if it said one.
    said: Vec<Option<MessageId>>,
}

pub(super) async fn replay(app: &App, world: World) -> Result<(), Problem> {
    let end = world.now;
    let at = |line: &Line| end.minus(Span::minutes(line.minutes_ago));
    let first = world.threads.iter().flat_map(|talk| talk.script.first()).map(at).min().unwrap_or(end);
    app.set_demo_clock(DemoClock::starting(first.minus(Span::days(1)), 0).at_speed(0, 0)).await?;
    for person in world.accounts {
        settle_in(app, person).await?;
    }
    let mut products: BTreeMap<String, Vec<Ware>> = world.catalogue;
    for (handle, wares) in &products {
        let catalogue = Catalogue { products: wares.iter().map(product).collect::<Result<_, _>>()? };
        app.change(kinds::CATALOGUE, account_id(handle)?.as_str(), |_: Option<Catalogue>| catalogue.clone()).await?;
    }

    let mut stages: Vec<Option<Stage>> = Vec::new();
    stages.resize_with(world.threads.len(), || None);
    let mut order: Vec<(Timestamp, usize, usize)> = Vec::new();
    for (thread, talk) in world.threads.iter().enumerate() {
        order.extend(talk.script.iter().enumerate().map(|(line, entry)| (at(entry), thread, line)));
    }
    order.sort();
    for (at, thread, line) in order {
        app.advance(at).await?;
        let talk = &world.threads[thread];
        if stages[thread].is_none() {
            let wares = products.entry(talk.seller.clone()).or_default().clone();
            stages[thread] = Some(raise(app, talk, wares).await?);
        }
        if let Some(stage) = &mut stages[thread] {
            let entry = &talk.script[line];
            play(app, stage, entry, line).await.map_err(|problem| {
                broken(format!("{} and {}, line {line}: {}", talk.buyer, talk.seller, problem.detail))
            })?;
            app.tick().await?;
        }
    }
    app.advance(end).await?;
    for (talk, stage) in world.threads.iter().zip(stages) {
        if let Some(stage) = stage {
            leave_unread(app, talk, &stage, end).await?;
        }
    }
    Ok(())
}

async fn settle_in(app: &App, person: Person) -> Result<(), Problem> {
    let id = account_id(person.handle.as_str())?;
    let joined_at = format!("{}T17:00:00Z", person.joined).parse().map_err(broken)?;
    let business = person.business.map(|trade| Business { order_prefix: trade.order_prefix });
    let account = Account {
        id: id.clone(),
        handle: person.handle.clone(),
        name: person.name,
        avatar: person.avatar,
        city: person.city,
        state: person.state,
        country: Country::US,
        bio: person.bio,
        business,
        reviewer: person.reviewer,
        joined_at,
    };
    app.save_account(&account).await?;
    let Some(purse) = person.wallet else { return Ok(()) };
    let mut wallet = Wallet::default();
    for draft in purse.addresses {
        let address = Address::try_from(draft).map_err(broken)?;
        wallet.addresses.push(SavedAddress { id: AddressId::of(&app.command_id()), address });
    }
    for name in purse.methods {
        let id = MethodId::of(&app.command_id());
        let (kind, hint, test) = match name.split_once("pay_") {
            Some(("meta_", digits)) => (MethodKind::MetaPay, digits.to_owned(), TestBehaviour::Approve),
            Some(_) | None if name == "paypal" => {
                (MethodKind::PayPal, person.handle.to_string(), TestBehaviour::Approval)
            }
            Some(_) | None => {
                let digits = name.rsplit('_').next().unwrap_or("0005");
                (MethodKind::Card, digits.to_owned(), TestBehaviour::InsufficientFunds)
            }
        };
        let hint = Some(hint.parse().map_err(broken)?);
        let pays = if test == TestBehaviour::Approval { MethodUse::InWindow } else { MethodUse::AtOnce };
        wallet.methods.push(SavedMethod { id, kind, hint, agreed_at: None, pays, test: Some(test) });
    }
    app.change(kinds::WALLET, id.as_str(), |_: Option<Wallet>| wallet.clone()).await?;
    Ok(())
}

fn product_id(sku: &str) -> Result<ProductId, Problem> {
    format!("prd_{sku}").parse().map_err(broken)
}

fn product(ware: &Ware) -> Result<Product, Problem> {
    Ok(Product {
        id: product_id(&ware.sku)?,
        name: ware.name.clone(),
        detail: ware.detail.clone(),
        price: usd(ware.price_minor),
        picture: ware.picture.clone(),
        wide_picture: ware.wide_picture.clone(),
        stock: ware.stock,
        weight: None,
        thing: ware.thing,
    })
}

async fn raise(app: &App, talk: &Talk, catalogue: Vec<Ware>) -> Result<Stage, Problem> {
    let (buyer, seller) = (account_id(&talk.buyer)?, account_id(&talk.seller)?);
    let started_by = match talk.script.first().map(|line| line.by) {
        Some(Side::Seller) => Role::Seller,
        Some(Side::Buyer | Side::Carrier) | None => Role::Buyer,
    };
    let call = Call { account: buyer.clone(), key: None };
    let opening = Opening { buyer: (buyer.clone(), Country::US), seller: (seller.clone(), Country::US), started_by };
    let id = app.open_thread(opening, &call).await?;
    if talk.accepted {
        app.run(&id, started_by.other().into(), Origin::Timer, Command::AcceptThread, None).await?;
    }
    Ok(Stage { id, buyer, catalogue, said: vec![None; talk.script.len()] })
}

async fn play(app: &App, stage: &mut Stage, line: &Line, at: usize) -> Result<(), Problem> {
    let actor = match line.by {
        Side::Buyer => Actor::Buyer,
        Side::Seller => Actor::Seller,
        Side::Carrier => Actor::Carrier,
    };
    let state = app.store.thread(&stage.id).await?.ok_or_else(Problem::not_found)?;
    let command = match &line.act {
        Act::Say(text) => say(app, stage, Content::Text { text: text.clone() }, line, at).await?,
        Act::Product(sku) => {
            let ware = ware(stage, sku)?;
            let content = Content::Product {
                product: product_id(sku)?,
                name: ware.name.clone(),
                price: usd(ware.price_minor),
                picture: ware.picture.clone(),
            };
            say(app, stage, content, line, at).await?
        }
        Act::Photo(path) => {
            let photo = Photo { id: PhotoId::of(&app.command_id()), url: path.clone() };
            app.change(kinds::PHOTO, photo.id.as_str(), |_: Option<Photo>| photo.clone()).await?;
            say(app, stage, Content::Photo { photo: photo.id.clone(), width: 400, height: 400 }, line, at).await?
        }
        Act::React { index, emoji } => {
            let message = stage.said.get(*index).cloned().flatten().ok_or_else(|| broken("a reaction to nothing"))?;
            Command::React { message, emoji: Some(emoji.clone()) }
        }
        Act::Request(ask) => Command::SendRequest {
            terms: terms(stage, ask)?,
            expires_in: ask.expires_hours.map(|hours| Span::hours(i64::from(hours))),
        },
        Act::Counter { total_minor, note } => {
            let request = newest_request(&state)?;
            let proposal = Proposal { quantities: Vec::new(), total: usd(*total_minor), note: note.clone() };
            Command::Counter { request: request.id.clone(), revision: request.current().number, proposal }
        }
        Act::Pay { method } => pay(app, stage, &state, method).await?,
        Act::Prepare(_) => Command::Prepare { order: newest_order(&state)?.id.clone() },
        Act::Ship { tracking } => ship(newest_order(&state)?, tracking.as_deref())?,
        Act::Scan(scan) => return tell_scan(app, stage, &state, *scan, line).await,
        Act::Confirm(_) => Command::Confirm { order: newest_order(&state)?.id.clone() },
    };
    let shipped = matches!(command, Command::Ship { .. });
    app.run(&stage.id, actor, Origin::Timer, command, None).await?;
    if shipped {
        app.tick().await?;
        hold_the_carrier(app, &newest_order(&state)?.id).await?;
    }
    Ok(())
}

async fn say(app: &App, stage: &mut Stage, content: Content, line: &Line, at: usize) -> Result<Command, Problem> {
    let message = MessageId::of(&app.command_id());
    stage.said[at] = Some(message.clone());
    let reply_to = match line.reply_to.and_then(|index| stage.said.get(index).cloned().flatten()) {
        Some(answered) => {
            let row = app.store.message_row(&stage.id, &answered).await?;
            row.and_then(|row| match row.item {
                RowItem::Message(message) => {
                    let excerpt = match message.content {
                        Some(Content::Text { text }) => Some(text.to_string()),
                        Some(Content::Photo { .. } | Content::Product { .. }) | None => None,
                    };
                    Some(Quote { id: message.id, author: message.author, excerpt })
                }
                RowItem::Event(_) => None,
            })
        }
        None => None,
    };
    Ok(Command::Say { message, content, reply_to })
}

fn ware<'a>(stage: &'a Stage, sku: &str) -> Result<&'a Ware, Problem> {
    stage.catalogue.iter().find(|ware| ware.sku == sku).ok_or_else(|| broken(format!("no {sku}")))
}

fn terms(stage: &Stage, ask: &Ask) -> Result<Terms, Problem> {
    let item = |asked: &super::script::AskedItem| {
        let ware = ware(stage, &asked.sku)?;
        Ok(Item {
            name: ware.name.clone(),
            detail: asked.detail.clone().or(ware.detail.clone()),
            quantity: asked.quantity,
            unit_price: usd(ware.price_minor),
            product: Some(product_id(&asked.sku)?),
            picture: ware.picture.clone(),
            weight: None,
            thing: ware.thing,
        })
    };
    let first = ask.items.first().map(|asked| ware(stage, &asked.sku)).transpose()?;
    let picture = first.and_then(|ware| ware.wide_picture.clone().or(ware.picture.clone()));
    let delivery = ask.shipping.iter().map(|way| Delivery::Parcel {
        name: way.name.clone(),
        price: usd(way.price_minor),
        days: way.days,
        region: None,
    });
    let draft = TermsDraft {
        items: ask.items.iter().map(item).collect::<Result<_, Problem>>()?,
        discount: usd(ask.discount_minor),
        delivery: delivery.collect(),
        tax: Tax::Rate { ppm: Rate::try_from(ask.tax_ppm).map_err(broken)? },
        note: ask.note.clone(),
        picture: picture.map(Picture::Site),
    };
    Terms::try_from(draft).map_err(broken)
}

fn newest_request(state: &Thread) -> Result<&domain::payment_request::PaymentRequest, Problem> {
    state.requests.values().max_by_key(|request| request.number).ok_or_else(|| broken("no request"))
}

fn newest_order(state: &Thread) -> Result<&Order, Problem> {
    state.orders.values().max_by_key(|order| order.placed_at).ok_or_else(|| broken("no order"))
}

async fn pay(app: &App, stage: &Stage, state: &Thread, method: &str) -> Result<Command, Problem> {
    let request = newest_request(state)?;
    let current = request.current();
    let wallet: Wallet = app.document(kinds::WALLET, stage.buyer.as_str()).await?.unwrap_or_default();
    let address = wallet.addresses.first().ok_or_else(|| broken("a buyer without an address pays"))?;
    let digits = method.rsplit('_').next().unwrap_or_default();
    let approving = |saved: &&SavedMethod| saved.test == Some(TestBehaviour::Approve);
    let saved = wallet.methods.iter().find(|saved| saved.hint.as_ref().is_some_and(|hint| hint.as_str() == digits));
    let saved = saved.filter(approving).or(wallet.methods.iter().find(approving));
    let saved = saved.ok_or_else(|| broken("a buyer without a method pays"))?;
    let method = MethodView { id: Some(saved.id.clone()), kind: saved.kind, hint: saved.hint.clone() };
    let destination = Destination::Address { address: Box::new(address.address.clone()) };
    let totals = current.terms.totals(0, destination.state());
    let total = totals.ok_or_else(|| broken("no total"))?.total;
    let request = request.id.clone();
    let confirmed_by = ConfirmedBy::Tap;
    Ok(Command::Pay { request, revision: current.number, delivery: 0, total, method, destination, confirmed_by })
}

fn ship(order: &Order, tracking: Option<&str>) -> Result<Command, Problem> {
    let tracking: Option<TrackingNumber> =
        tracking.map(|number| number.to_owned().try_into()).transpose().map_err(broken)?;
    let found = tracking.as_ref().map(|number| recognise(number.as_str()));
    let carrier = found.as_ref().and_then(|found| found.best()).map_or(Carrier::Usps, |best| best.carrier.clone());
    Ok(Command::Ship { order: order.id.clone(), contents: order.unshipped(), carrier, tracking })
}

async fn planned(app: &App, order: &OrderId) -> Result<Vec<OutboxEntry>, Problem> {
    let entries = app.store.outbox(usize::MAX).await?;
    let of_order = |entry: &OutboxEntry| matches!(&entry.task, Task::Scan { order: known, .. } if known == order);
    Ok(entries.into_iter().filter(of_order).collect())
}

/// The script tells what the carrier says; what it does not tell comes after the story ends.
async fn hold_the_carrier(app: &App, order: &OrderId) -> Result<(), Problem> {
    for entry in planned(app, order).await? {
        let held = OutboxEntry { at: entry.at.plus(Span::days(3650)), ..entry.clone() };
        app.store.reschedule(Some(entry), Some(held)).await?;
    }
    Ok(())
}

async fn tell_scan(app: &App, stage: &Stage, state: &Thread, scan: Scan, line: &Line) -> Result<(), Problem> {
    let status = match scan {
        Scan::PickedUp => TrackingStatus::Accepted,
        Scan::InTransit => TrackingStatus::InTransit,
        Scan::OutForDelivery => TrackingStatus::OutForDelivery,
        Scan::Delivered => TrackingStatus::Delivered,
    };
    let now = app.now().await?;
    let order = newest_order(state)?;
    let shipment = order.shipments.last().ok_or_else(|| broken("a scan of no parcel"))?;
    let id: CommandId = app.command_id();
    let scan = TrackingEvent {
        id: domain::ids::TrackingEventId::of(&id),
        status,
        at: now,
        place: line.place.clone(),
        // On the van it is there by eight in the evening.
        expected_at: (status == TrackingStatus::OutForDelivery).then(|| that_evening(now)),
    };
    let track = Command::Track { order: order.id.clone(), shipment: shipment.id.clone(), scans: vec![scan] };
    app.run(&stage.id, Actor::Carrier, Origin::Timer, track, None).await?;
    // What the carrier had planned to say up to here is said.
    let mut after_this = false;
    for entry in planned(app, &order.id).await? {
        let Task::Scan { scan: told, .. } = &entry.task else { continue };
        if !after_this {
            after_this = told.status == status;
            app.store.reschedule(Some(entry), None).await?;
        }
    }
    Ok(())
}

/// Eight in the evening of the day, where the demo plays.
fn that_evening(now: Timestamp) -> Timestamp {
    let zone = domain::market::Market::US.zone;
    zone.end_of(zone.date_at(now)).minus(Span::hours(4)).plus(Span::seconds(1))
}

/// After the story: what is planned comes in the next hours, and what is old was read.
async fn leave_unread(app: &App, talk: &Talk, stage: &Stage, end: Timestamp) -> Result<(), Problem> {
    let state = app.store.thread(&stage.id).await?.ok_or_else(Problem::not_found)?;
    for order in state.orders.values() {
        for (n, entry) in (1..).zip(planned(app, &order.id).await?) {
            let soon = OutboxEntry { at: end.plus(Span::hours(5 * n)), ..entry.clone() };
            app.store.reschedule(Some(entry), Some(soon)).await?;
        }
    }
    let rows = app.store.rows(&stage.id, None, 20).await?;
    for (role, side) in [(Role::Buyer, Side::Buyer), (Role::Seller, Side::Seller)] {
        let fresh = |row: &&domain::timeline::Row| row.actor != role.into() && end.since(row.at) < FRESH;
        let unread = if talk.accepted { rows.iter().take_while(fresh).count() } else { rows.len() };
        let read_seq = rows.get(unread).map_or(0, |row| row.seq);
        let unread = if !talk.accepted && role == state.started_by { 0 } else { unread };
        let member = Member {
            read_seq,
            read_at: rows.get(unread).map(|row| row.at),
            unread: u32::try_from(unread).unwrap_or(0),
            muted: talk.muted.contains(&side),
        };
        app.change_member(&stage.id, state.account(role), |_| member.clone()).await?;
    }
    Ok(())
}
