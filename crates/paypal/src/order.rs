//! Orders: what is asked for, and what PayPal says of it. Schemas `order_request` and `order`.

mod amount;
mod answer;
mod experience;
mod place;
mod request;

pub use amount::{Breakdown, Category, NewAmount, NewItem, OrderRefused, Priced};
pub use answer::{
    Order, OrderIntent, OrderStatus, Paid, PayPalSource, Payer, Payments, PurchaseUnit, VaultStatus, Vaulted,
};
pub use experience::{CustomerType, Experience, Funding, LandingPage, Locale, UsageType, UserAction, Vaulting};
pub use place::{Address, Country, Delivery, Email, MerchantId, Payee, PayeeError, Recipient};
pub use request::{Intent, NewOrder, NewUnit, OrderWords, Source};
