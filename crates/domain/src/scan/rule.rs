//! What concepts have to meet in a message to lead away from protected payment.

use super::vocabulary::Concept::{self, *};

/// Concepts that lead away when they stand close together.
struct Rule {
    all: &'static [Concept],
    /// How many words the first and the last may be apart.
    within: usize,
    order: Order,
    /// What has to be near besides, and how near.
    beside: Option<(Concept, usize)>,
    /// Innocent anywhere beside one of these.
    unless: &'static [Concept],
}

#[derive(Clone, Copy)]
enum Order {
    Any,
    AsListed,
}

/// In any order.
const fn together(all: &'static [Concept], within: usize) -> Rule {
    Rule { all, within, order: Order::Any, beside: None, unless: &[] }
}

/// One behind the other.
const fn then(all: &'static [Concept], within: usize) -> Rule {
    Rule { all, within, order: Order::AsListed, beside: None, unless: &[] }
}

impl Rule {
    const fn unless(self, unless: &'static [Concept]) -> Self {
        Self { unless, ..self }
    }

    const fn beside(self, concept: Concept, within: usize) -> Self {
        Self { beside: Some((concept, within)), ..self }
    }

    fn holds(&self, said: &Said) -> bool {
        let could = self.all.iter().all(|concept| said.any.has(*concept)) && !said.any.has_any(self.unless);
        could && (0..said.each.len()).any(|start| self.holds_at(start, &said.each))
    }

    fn holds_at(&self, start: usize, words: &[Concepts]) -> bool {
        let end = |within: usize| words.len().min(start + within + 1);
        let near = &words[start..end(self.within)];
        let meets = match self.order {
            Order::Any => all_in_any_order(self.all, near),
            Order::AsListed => all_in_order(self.all, near),
        };
        meets
            && self.beside.is_none_or(|(concept, within)| {
                words[start.saturating_sub(within)..end(within)].iter().any(|word| word.has(concept))
            })
    }
}

/// What the words of a message speak of.
pub(super) struct Said {
    each: Vec<Concepts>,
    any: Concepts,
}

impl Said {
    /// By what each word speaks of, or begins to.
    pub(super) fn of(each: Vec<Concepts>) -> Self {
        let any = each.iter().fold(Concepts::default(), |any, word| any.or(*word));
        Self { each, any }
    }

    /// Whether another way to pay is offered.
    pub(super) fn offers_other_payment(&self) -> bool {
        PAYMENT.iter().any(|rule| rule.holds(self)) || self.hints_enough(PAYMENT_HINTS, &[DirectHere])
    }

    /// Whether the talk is led into another messenger.
    pub(super) fn leads_to_other_messenger(&self) -> bool {
        MESSENGER.iter().any(|rule| rule.holds(self)) || self.hints_enough(MESSENGER_HINTS, &[Parcel, Inside])
    }

    /// Whether a messenger or a mail provider is named: enough where hardly anything else is said.
    pub(super) fn names_messenger(&self) -> bool {
        self.any.has_any(&[PlainMessenger, MailProvider])
    }

    /// Whether WhatsApp is only a picture.
    pub(super) fn draws_whatsapp(&self) -> bool {
        together(&[Whatsapp, Drawn], 1).holds(self)
    }

    /// Whether hints enough stand together, without what makes them innocent.
    fn hints_enough(&self, hints: &[Hint], unless: &[Concept]) -> bool {
        let weight = |near: Concepts| -> u32 {
            hints.iter().filter(|hint| near.has_any(hint.any)).map(|hint| hint.weight).sum()
        };
        let all_of = |near: &[Concepts]| near.iter().fold(Concepts::default(), |any, word| any.or(*word));
        weight(self.any) >= ENOUGH
            && !self.any.has_any(unless)
            && (0..self.each.len())
                .any(|start| weight(all_of(&self.each[start..self.each.len().min(start + HINTED_WITHIN)])) >= ENOUGH)
    }
}

/// The concepts of one word or several, a bit for each.
#[derive(Clone, Copy, Default)]
pub(super) struct Concepts([u64; 3]);

const _: () = assert!(Concept::ALL.len() <= 3 * 64);

impl Concepts {
    pub(super) fn add(&mut self, concept: Concept) {
        self.0[concept as usize / 64] |= 1 << (concept as usize % 64);
    }

    fn or(self, other: Self) -> Self {
        let [a, b, c] = self.0;
        let [d, e, f] = other.0;
        Self([a | d, b | e, c | f])
    }

    fn has_any(self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|concept| self.has(*concept))
    }

    fn has(self, concept: Concept) -> bool {
        self.0[concept as usize / 64] & (1 << (concept as usize % 64)) != 0
    }
}

/// The first word has the first of them, and so on, with others between.
fn all_in_order(all: &[Concept], words: &[Concepts]) -> bool {
    let Some((first, rest)) = all.split_first() else { return true };
    if !words.first().is_some_and(|word| word.has(*first)) {
        return false;
    }
    let mut words = words[1..].iter();
    rest.iter().all(|concept| words.any(|word| word.has(*concept)))
}

/// The first word has one of them, and every one is somewhere, no two in the same word.
fn all_in_any_order(all: &[Concept], words: &[Concepts]) -> bool {
    let Some((first, others)) = words.split_first() else { return all.is_empty() };
    all.iter().enumerate().filter(|(_, concept)| first.has(**concept)).any(|(at, _)| {
        let rest = all.iter().enumerate().filter(|(other, _)| *other != at);
        rest.into_iter().all(|(_, concept)| others.iter().any(|word| word.has(*concept)))
    })
}

/// A sign that says little alone.
struct Hint {
    any: &'static [Concept],
    weight: u32,
}

/// How much is enough, and within how many words.
const ENOUGH: u32 = 4;
const HINTED_WITHIN: usize = 20;

/// What each says little alone, and how much it says. Enough of them together are an offer of another way to pay.
const PAYMENT_HINTS: &[Hint] = &[
    Hint { any: &[Around, Without, Refuse, LetsNot, NotHere, Cancel, NotPay, NoApp], weight: 1 },
    Hint { any: &[Outside], weight: 1 },
    Hint { any: &[Direct, Privately, OtherWay, Aside, DirectToMe], weight: 2 },
    Hint { any: &[PayUp, Send, Money, Transfer], weight: 1 },
    Hint { any: &[PayMe], weight: 1 },
    Hint { any: &[Platform, Fees, Share, Request, Cut], weight: 1 },
    Hint { any: &[Cheaper, Deal, NoFees], weight: 1 },
    Hint { any: &[Better], weight: 1 },
    Hint { any: &[IntoAccount, AccountInfo], weight: 2 },
];

/// The same of another way to talk.
const MESSENGER_HINTS: &[Hint] = &[
    Hint { any: &[Talk, Write, Reach], weight: 1 },
    Hint { any: &[TextWord], weight: 1 },
    Hint { any: &[YourContact, MyContact, ByPhone], weight: 2 },
    Hint { any: &[AskContact, GiveContact, GiveMe], weight: 1 },
    Hint { any: &[Messenger, PlainMessenger, OtherApp], weight: 2 },
    Hint { any: &[Better, Use, Presence], weight: 1 },
    Hint { any: &[NotHere, Outside], weight: 1 },
];

/// Offers of another way to pay.
const PAYMENT: &[Rule] = &[
    // Around the app and its fees.
    then(&[Around, Platform], 4),
    then(&[Around, Fees], 4),
    then(&[LetsNot, Platform], 6),
    together(&[LetsAvoid, Platform], 14),
    together(&[LetsAvoid, Fees], 14),
    then(&[Outside, Platform], 2),
    then(&[OutsideOf, Platform], 4),
    then(&[Outside, Here], 3),
    then(&[Save, Fees], 3),
    then(&[NotPay, Fees], 7).beside(Send, 12),
    then(&[Without, Platform], 2).beside(Deal, 8),
    then(&[Without, Platform], 2).beside(Pay, 6),
    then(&[Refuse, Fees], 7).unless(&[Parcel, Back]),
    then(&[Refuse, Platform], 6).beside(PayUp, 6),
    then(&[Refuse, Here], 4).beside(Pay, 4),
    together(&[Refuse, Platform, MyDetails], 14),
    together(&[Refuse, Request, MyDetails], 14),
    together(&[Around, Request, MyDetails], 14),
    together(&[NoApp, PayUp], 10),
    // What the app takes.
    then(&[Take, Share], 3).beside(Platform, 6).unless(&[NotShare]),
    then(&[Take, Share], 3).beside(PayMe, 8).unless(&[NotShare]),
    // From one to the other.
    then(&[PayUp, Outside], 2),
    then(&[Settle, Outside], 2),
    then(&[PayUp, NotHere], 5),
    together(&[Cheaper, NotHere], 8),
    together(&[Deal, NotHere], 4),
    together(&[PayUp, OtherWay], 6),
    together(&[Money, OtherWay], 6),
    then(&[PayUp, Privately], 5),
    together(&[Agree, Privately], 4),
    together(&[Deal, Privately], 6),
    together(&[Platform, Privately], 14),
    together(&[Cancel, Straight], 12),
    together(&[Around, PayMe], 8),
    then(&[PayMe, Aside], 2).unless(&[Parcel]),
    then(&[PayMe, Direct], 4).unless(&[DirectHere]),
    then(&[PayYou, Direct], 3).unless(&[DirectHere]),
    then(&[Pay, Direct], 1).beside(Prefer, 8).unless(&[DirectHere]),
    together(&[Money, DirectToMe], 8),
    together(&[Pay, DirectToMe], 6),
    together(&[Deal, OwnSite], 10),
    together(&[PayUp, OwnSite], 8),
    // Into an account.
    together(&[Send, IntoAccount], 8).unless(&[Inside, Parcel, Back]),
    together(&[Pay, IntoAccount], 8).unless(&[Inside, Back]),
    together(&[Money, IntoAccount], 8).unless(&[Inside, Back]),
    together(&[Transfer, InAccount], 5).unless(&[Inside, Back]),
    together(&[Transfer, Money], 4).unless(&[Inside, Back]),
    together(&[Details, Bank], 8),
    together(&[AccountInfo, GiveContact], 4).unless(&[Inside, Back]),
    together(&[AccountInfo, AskContact], 5).unless(&[Inside, Back]),
    then(&[SendMe, Money], 4).unless(&[Inside, Back]),
    then(&[SendMe, Currency], 2).unless(&[Inside, Back]),
    then(&[Bring, Money], 3).unless(&[Inside, Back]),
    // Cash and paper.
    then(&[Cash], 0).unless(&[CashThing, Market]),
    then(&[PayUp, Cash], 4),
    then(&[Accept, Paper], 4).unless(&[Look]),
    then(&[Paper, Fine], 3).unless(&[Look]),
    // PayPal without its protection.
    together(&[Paypal, AsFriends], 10),
    together(&[Paypal, ToFriends], 12).unless(&[Gifting]),
    together(&[Paypal, AsGift], 4),
    together(&[Paypal, FriendsFamily], 4),
    together(&[PayUp, FriendsFamily], 4),
    then(&[Send, FriendsFamily], 2),
    then(&[Choose, FriendsFamily], 2),
    then(&[AsFriendsChosen], 0),
    then(&[Send, AsFriends], 3),
    then(&[PayUp, AsFriends], 3),
    then(&[No, Protected], 3),
    together(&[FriendsFamily, Protected], 12),
    then(&[Send, Paypal], 1).unless(&[Inside]),
    then(&[Send, MyPaypal], 5).unless(&[Inside]),
    together(&[MyPaypal, AskContact], 4).unless(&[Inside]),
    together(&[GiveContact, Link, Paypal], 6),
    together(&[Paypal, SameName], 3),
    together(&[Paypal, FindMe], 4),
    then(&[Paypal, SendThere], 10),
    together(&[Paypal, Address], 1),
    together(&[MyPaypal, Address], 4),
    // Other services.
    then(&[Using, SoftService], 1).beside(ServiceTalk, 10),
    then(&[Accept, Wise], 3),
    then(&[Wise, Fine], 2),
    then(&[Wise, Me], 1),
    then(&[Crypto], 0).unless(&[Motif, Drawn]),
    together(&[Wallet, Address], 3),
    // Cards that hold money.
    together(&[PrepaidBrand, Card], 2),
    together(&[GiftBrand, GiftCard], 3),
    then(&[PayUp, PrepaidBrand], 4),
    together(&[PrepaidBrand, Code, Tell], 10),
    together(&[TopUp, TopUpCard], 5),
    together(&[Scratch, Tell, Code], 12),
    // What is on a card, and codes that free a payment.
    together(&[CardDetails, PaymentCard], 6),
    together(&[Tell, CardNumber], 6),
    then(&[Tell, YourCard], 3),
    together(&[Picture, YourCard], 8),
    together(&[Verify, YourCard], 4),
    together(&[Picture, PaymentCard, Verify], 10),
    together(&[Tell, Code, ByText], 14).unless(&[CodeOf]),
    // Payment links of somebody else.
    together(&[Link, Pay, Foreign], 14),
    together(&[Link, Pay, Reach], 10),
    together(&[Link, PayMe], 6),
    together(&[Receive, PaymentCard], 10),
];

/// Offers of another way to talk.
const MESSENGER: &[Rule] = &[
    then(&[On, Messenger], 1).beside(Talk, 6),
    then(&[On, ShortMessenger], 1).beside(Presence, 5),
    then(&[OnOrMine, PlainMessenger], 1).unless(&[Drawn]),
    then(&[Have, PlainMessenger], 3).unless(&[Drawn]),
    then(&[Use, PlainMessenger], 2).unless(&[Drawn]),
    then(&[Have, Messenger], 1).beside(Write, 9),
    then(&[Use, Messenger], 2).beside(Write, 9),
    then(&[PlainMessenger, Me], 1),
    together(&[PlainMessenger, SameName], 8),
    together(&[ShortMessenger, SameName], 3),
    together(&[PlainMessenger, ShortMessenger], 2),
    then(&[ToMessenger], 0).beside(Talk, 4),
    then(&[WhatsYour, Social], 3),
    together(&[Talk, OtherApp], 6),
    then(&[Talk, NotHere], 4),
    then(&[Talk, Elsewhere], 4),
    together(&[Talk, ByPhone], 6).unless(&[Parcel]),
    together(&[OrderVerb, ByPhone], 6),
    together(&[TextWord, Prefer], 2),
    together(&[MailProvider, Talk], 5),
    then(&[MailProvider, MailEnding], 1),
    then(&[YourNumber], 0).unless(&[Parcel, Inside, NumberOne]),
    together(&[YourContact, AskContact], 6).unless(&[Parcel]),
    together(&[MyContact, GiveContact], 5).unless(&[Parcel]),
    together(&[ContactNoun, Reach], 6).unless(&[Parcel]),
    then(&[GiveMe, ContactIt], 3).unless(&[Parcel, NumberOf]),
];
