//! The headline in words: the same on the card, in the header, in the inbox row and in the queue.

use crate::format::{day, deadline, exact_deadline};
use crate::i18n::t;
use domain::headline::{Headline, HeadlineState, Turn};
use domain::order::CancelReason;
use domain::thread::Role;
use domain::time::Timestamp;

/// A headline in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `Your turn:`, `Kai's turn:`; nothing when it is nobody's.
    pub turn: Option<String>,
    /// Whether it is one's own.
    pub mine: bool,
    /// What is to be done, or what the matter is.
    pub text: String,
    /// What happens by itself then.
    pub then: Option<String>,
}

/// The short form: one line.
pub fn short(headline: &Headline, role: Role, peer: &str, now: Timestamp) -> Line {
    line(headline, role, peer, &headline.by.map(|by| deadline(by, now)).unwrap_or_default(), now)
}

/// The long form: with the exact time.
pub fn long(headline: &Headline, role: Role, peer: &str, now: Timestamp) -> Line {
    line(headline, role, peer, &headline.by.map(|by| exact_deadline(by, now)).unwrap_or_default(), now)
}

/// The name somebody is called by: the first word.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

fn line(headline: &Headline, role: Role, peer: &str, by: &str, now: Timestamp) -> Line {
    let mine = headline.turn == Turn::from(role);
    let theirs = headline.turn == Turn::from(role.other());
    let peer = first_name(peer);
    let turn = match (mine, theirs) {
        (true, _) => Some(t().your_turn().to_owned()),
        (_, true) => Some(t().peers_turn(peer)),
        (false, false) => None,
    };
    let buying = role == Role::Buyer;
    let (text, then): (String, Option<String>) = match headline.state {
        HeadlineState::CaseOpen => {
            // Nobody was hurried by earlier builds.
            let text = match (mine, by) {
                (true, "") => t().answer_the_case().to_owned(),
                (true, by) => t().answer_the_case_by(by),
                (false, "") => t().case_open().to_owned(),
                (false, by) => t().answers_the_case_by(by),
            };
            (text, Some(t().then_a_reviewer().into()))
        }
        HeadlineState::CaseReview => (t().under_review(by), Some(t().then_by_itself().into())),
        HeadlineState::ToSendBack if buying => (t().send_it_back_by(by), Some(t().then_help_ends().into())),
        HeadlineState::ToSendBack => (t().comes_back_by(by), Some(t().then_help_ends().into())),
        HeadlineState::ComingBack => (t().on_its_way_back(by), Some(t().then_money_back(peer, buying))),
        HeadlineState::Disputed if mine || theirs => {
            // Until when, PayPal says of the seller's answer alone, and not always.
            let text = match (mine, by) {
                (true, "") => t().answer_the_dispute().to_owned(),
                (true, by) => t().answer_the_dispute_by(by),
                (false, "") => t().answers_the_dispute().to_owned(),
                (false, by) => t().answers_the_dispute_by(by),
            };
            (text, Some(t().everything_waits().into()))
        }
        HeadlineState::Disputed => (t().dispute_open().into(), Some(t().everything_waits().into())),
        HeadlineState::PaymentPending if buying => (t().payment_pending().into(), Some(t().pending_then_ships(peer))),
        HeadlineState::PaymentPending => (t().payment_pending().into(), Some(t().pending_do_not_ship().into())),
        HeadlineState::Paying => (t().payment_under_way().into(), None),
        HeadlineState::CheckingPayment => (t().checking_payment().into(), Some(t().nothing_charged_twice().into())),
        HeadlineState::ActionRequired => (t().confirm_payment_by(by), Some(t().then_nothing_is_charged().into())),
        HeadlineState::ToPay => (t().pay_by(by), Some(t().then_it_expires().into())),
        HeadlineState::ToAnswer => (t().answer_offer_by(by), Some(t().then_it_lapses().into())),
        HeadlineState::Declined => (t().request_declined().into(), None),
        HeadlineState::Withdrawn => (t().request_withdrawn().into(), None),
        HeadlineState::Expired => (t().request_expired().into(), None),
        HeadlineState::ExtensionAsked if mine => (t().answer_more_time_by(by), Some(t().then_refund_you().into())),
        HeadlineState::ExtensionAsked => (t().answer_more_time_by(by), Some(t().then_refund_peer(peer))),
        HeadlineState::ToShip | HeadlineState::Preparing if buying => {
            (t().ships_by(by), Some(t().then_refund_you().into()))
        }
        HeadlineState::ToShip | HeadlineState::Preparing => (t().ship_by(by), Some(t().then_refund_peer(peer))),
        HeadlineState::RestToShip if buying => (t().rest_ships_by(by), Some(t().then_rest_refund().into())),
        HeadlineState::RestToShip => (t().ship_rest_by(by), Some(t().then_rest_refund().into())),
        HeadlineState::OnItsWay
        | HeadlineState::NoNews { .. }
        | HeadlineState::Delayed
        | HeadlineState::Attempted
        | HeadlineState::OutForDelivery
            if headline.is_late(now) =>
        {
            (t().late_since(by), Some(t().while_it_is_late(peer, buying)))
        }
        HeadlineState::NoNews { since } if buying => (t().no_news_since(&day(since)), Some(t().late_ask(peer))),
        HeadlineState::NoNews { since } => (t().no_news_since(&day(since)), Some(t().ask_the_carrier().into())),
        HeadlineState::OnItsWay => (t().arrives_by(by), Some(t().then_check(peer, buying))),
        HeadlineState::Delayed => (t().delayed_until(by), Some(t().then_check(peer, buying))),
        HeadlineState::Attempted if buying => (t().attempted(by), Some(t().another_day().into())),
        HeadlineState::Attempted => (t().attempted(by), None),
        HeadlineState::ReadyForPickup if buying => (t().pick_it_up().into(), Some(t().then_goes_back().into())),
        HeadlineState::ReadyForPickup => (t().picks_it_up().into(), Some(t().then_comes_back().into())),
        HeadlineState::ToMakeReady if buying => (t().is_ready_by(by), Some(t().then_refund_you().into())),
        HeadlineState::ToMakeReady => (t().make_ready_by(by), Some(t().then_refund_peer(peer))),
        HeadlineState::ToFetch if buying => (t().fetch_it_by(by), Some(t().then_paid_peer(peer))),
        HeadlineState::ToFetch => (t().fetches_it_by(by), Some(t().then_paid_you().into())),
        HeadlineState::OutForDelivery => (t().out_for_delivery_by(by), Some(t().then_check(peer, buying))),
        HeadlineState::Lost if buying => (t().sends_again_by(by), Some(t().then_refund_you().into())),
        HeadlineState::Lost => (t().send_again_by(by), Some(t().then_refund_peer(peer))),
        HeadlineState::ToCheck if buying => (t().is_everything_ok(by), Some(t().then_paid_peer(peer))),
        HeadlineState::ToCheck => (t().checks_until(by), Some(t().then_paid_you().into())),
        HeadlineState::PayingOut if buying => (t().delivered_all_good().into(), None),
        HeadlineState::PayingOut => (t().payout_under_way().into(), None),
        HeadlineState::Done if buying => (t().delivered_all_good().into(), None),
        HeadlineState::Done => (t().paid_out().into(), None),
        HeadlineState::Cancelled { reason: CancelReason::Undone } => (t().undone().into(), None),
        HeadlineState::Cancelled { reason: CancelReason::BySeller } => (t().cancelled_by_seller().into(), None),
        HeadlineState::Cancelled { reason: CancelReason::NotShipped } => (t().not_shipped_refunded().into(), None),
        HeadlineState::Cancelled { reason: CancelReason::CaptureFailed } => (t().capture_failed().into(), None),
        HeadlineState::Refunding => (t().refund_on_its_way().into(), None),
        HeadlineState::Refunded => (t().refunded().into(), None),
    };
    Line { turn, mine, text, then }
}

impl crate::i18n::Lang {
    fn then_check(self, peer: &str, buying: bool) -> String {
        if buying { self.then_you_check(peer) } else { self.then_peer_checks(peer) }
    }

    fn then_money_back(self, peer: &str, buying: bool) -> String {
        if buying { self.then_your_money_back().to_owned() } else { self.then_peers_money_back(peer) }
    }

    fn while_it_is_late(self, peer: &str, buying: bool) -> String {
        if buying { self.late_ask(peer) } else { self.late_peer_asks(peer) }
    }
}

crate::words! {
    your_turn "Your turn:" "Tocca a te:";
    peers_turn(peer) "{peer}’s turn:" "Tocca a {peer}:";
    answer_the_case "answer the case" "rispondi alla segnalazione";
    answer_the_case_by(by) "answer the case by {by}" "rispondi alla segnalazione entro {by}";
    answers_the_case_by(by) "answers the case by {by}" "risponde alla segnalazione entro {by}";
    then_a_reviewer "Then a neutral reviewer is asked. Until then everything waits." "Poi decide un arbitro neutrale. Fino ad allora tutto resta fermo.";
    under_review(by) "A reviewer decides by {by}" "Un arbitro decide entro {by}";
    then_by_itself "Otherwise it goes on by itself." "Altrimenti prosegue da sola.";
    send_it_back_by(by) "send it back by {by}" "rispediscilo entro {by}";
    comes_back_by(by) "sends it back by {by}" "lo rispedisce entro {by}";
    then_help_ends "Otherwise help is closed." "Altrimenti l’assistenza si chiude.";
    on_its_way_back(by) "On its way back, by {by}" "In viaggio di ritorno, entro {by}";
    then_your_money_back "Then your money goes back by itself." "Poi vieni rimborsato da solo.";
    then_peers_money_back(peer) "Then {peer} is refunded by itself." "Poi {peer} viene rimborsato da solo.";
    case_open "help is open" "assistenza aperta";
    everything_waits "Until then everything waits." "Fino ad allora tutto resta fermo.";
    answer_the_dispute_by(by) "answer the dispute by {by}" "rispondi alla contestazione entro {by}";
    answers_the_dispute_by(by) "answers the dispute by {by}" "risponde alla contestazione entro {by}";
    answer_the_dispute "answer the dispute at PayPal" "rispondi alla contestazione su PayPal";
    answers_the_dispute "answers the dispute at PayPal" "risponde alla contestazione su PayPal";
    dispute_open "Dispute at PayPal" "Contestazione su PayPal";
    payment_pending "PayPal is checking the payment" "PayPal sta verificando il pagamento";
    pending_then_ships(peer) "{peer} ships once it is in. You are not charged twice." "{peer} spedisce quando arriva. Non paghi due volte.";
    pending_do_not_ship "Do not ship yet. It can take days." "Non spedire ancora. Può richiedere giorni.";
    payment_under_way "Payment under way" "Pagamento in corso";
    checking_payment "We are checking the payment" "Stiamo verificando il pagamento";
    nothing_charged_twice "You are not charged twice." "Non paghi due volte.";
    confirm_payment_by(by) "confirm the payment by {by}" "conferma il pagamento entro {by}";
    then_nothing_is_charged "After that nothing is charged." "Dopo non viene addebitato nulla.";
    pay_by(by) "pay by {by}" "paga entro {by}";
    then_it_expires "After that it expires by itself." "Poi scade da sola.";
    answer_offer_by(by) "answer the offer by {by}" "rispondi all’offerta entro {by}";
    then_it_lapses "After that the offer lapses." "Poi l’offerta decade.";
    request_declined "Declined" "Rifiutata";
    request_withdrawn "Withdrawn" "Ritirata";
    request_expired "Expired" "Scaduta";
    answer_more_time_by(by) "answer by {by}: more time?" "rispondi entro {by}: più tempo?";
    then_refund_you "Otherwise you are refunded automatically." "Altrimenti il rimborso è automatico.";
    then_refund_peer(peer) "Otherwise {peer} is refunded automatically." "Altrimenti {peer} viene rimborsato.";
    ships_by(by) "ships by {by}" "spedisce entro {by}";
    ship_by(by) "ship by {by}" "spedisci entro {by}";
    rest_ships_by(by) "ships the rest by {by}" "spedisce il resto entro {by}";
    ship_rest_by(by) "ship the rest by {by}" "spedisci il resto entro {by}";
    then_rest_refund "Otherwise the rest is refunded." "Altrimenti il resto viene rimborsato.";
    arrives_by(by) "On its way, by {by}" "In viaggio, entro {by}";
    delayed_until(by) "Delayed: now by {by}" "In ritardo: ora entro {by}";
    late_since(by) "Late: it should have come by {by}" "In ritardo: doveva arrivare entro {by}";
    late_ask(peer) "Ask {peer}, or get help: the money is still held." "Chiedi a {peer} o chiedi assistenza: il denaro è ancora trattenuto.";
    late_peer_asks(peer) "Until it is there {peer} can ask for help." "Finché non arriva {peer} può chiedere assistenza.";
    no_news_since(day) "No news of the parcel since {day}" "Nessuna notizia del pacco dal {day}";
    ask_the_carrier "Ask the carrier where it is." "Chiedi al corriere dov’è.";
    attempted(by) "Nobody was there; it comes again by {by}" "Nessuno in casa; ripassa entro {by}";
    another_day "If that does not suit you, ask the carrier for another day." "Se non ti va bene, chiedi al corriere un altro giorno.";
    pick_it_up "pick it up" "vai a ritirarlo";
    then_goes_back "Bring an identity document. After some days it goes back." "Porta un documento. Dopo qualche giorno torna indietro.";
    picks_it_up "picks it up" "lo ritira";
    then_comes_back "After some days it comes back to you." "Dopo qualche giorno torna da te.";
    is_ready_by(by) "has it ready for pickup by {by}" "lo prepara per il ritiro entro {by}";
    make_ready_by(by) "get it ready for pickup by {by}" "preparalo per il ritiro entro {by}";
    fetch_it_by(by) "pick it up and say that you have it, by {by}" "ritiralo e conferma di averlo, entro {by}";
    fetches_it_by(by) "picks it up by {by}" "lo ritira entro {by}";
    out_for_delivery_by(by) "Out for delivery, {by}" "In consegna, {by}";
    sends_again_by(by) "sends it again by {by}" "rispedisce entro {by}";
    send_again_by(by) "send it again by {by}" "rispedisci entro {by}";
    then_you_check(peer) "Then you have 3 days to check it before {peer} is paid." "Poi hai 3 giorni per controllare prima che {peer} sia pagato.";
    then_peer_checks(peer) "Then {peer} has 3 days to check it." "Poi {peer} ha 3 giorni per controllare.";
    is_everything_ok(by) "is everything OK? by {by}" "tutto a posto? entro {by}";
    then_paid_peer(peer) "If you say nothing, {peer} is paid then." "Se non dici nulla, poi {peer} viene pagato.";
    checks_until(by) "checks it until {by}" "controlla fino a {by}";
    then_paid_you "Then you are paid." "Poi vieni pagato.";
    delivered_all_good "Delivered, all good" "Consegnato, tutto bene";
    payout_under_way "Paying you out" "Pagamento in arrivo";
    paid_out "Paid to you" "Pagato a te";
    undone "Undone: nothing was charged" "Annullato: nessun addebito";
    cancelled_by_seller "Cancelled and refunded" "Annullato e rimborsato";
    not_shipped_refunded "Not shipped in time: refunded" "Non spedito in tempo: rimborsato";
    capture_failed "Cancelled: the bank took the money back" "Annullato: la banca ha ritirato il denaro";
    refund_on_its_way "Refund on its way" "Rimborso in arrivo";
    refunded "Refunded" "Rimborsato";
}
