//! How often one may do what.

use super::client;
use crate::config::Config;
use api::Caller;
use api::problem::Problem;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::AccountId;
use governor::clock::{Clock, DefaultClock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What a limit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    SignIn,
    Message,
    PaymentRequest,
    Pay,
    Upload,
    Push,
    Other,
}

/// At once, and then in a minute.
struct Rate {
    burst: u32,
    per_minute: u32,
}

/// Where somebody who is nobody yet becomes somebody.
const OPENS: [&str; 3] = ["/v1/sign-in", "/v1/sign-up", "/v1/join"];

impl Kind {
    const ALL: [Self; 7] =
        [Self::SignIn, Self::Message, Self::PaymentRequest, Self::Pay, Self::Upload, Self::Push, Self::Other];

    fn of(method: &Method, route: Option<&str>) -> Self {
        let is_post = method == Method::POST;
        match route.unwrap_or_default() {
            route if is_post && OPENS.iter().any(|opens| route.starts_with(opens)) => Self::SignIn,
            "/v1/threads/{id}/messages" if is_post => Self::Message,
            "/v1/threads/{id}/payment-requests" if is_post => Self::PaymentRequest,
            "/v1/payment-requests/{id}/pay" if is_post => Self::Pay,
            "/v1/photos" if is_post => Self::Upload,
            route if is_post && route.starts_with("/v1/push") => Self::Push,
            _elsewhere => Self::Other,
        }
    }

    fn rate(self) -> Rate {
        match self {
            // A household behind one address; guessing gets nowhere.
            Self::SignIn => Rate { burst: 20, per_minute: 20 },
            // Nobody types faster for long; an outbox that was offline sends what it has kept.
            Self::Message => Rate { burst: 120, per_minute: 60 },
            // A shop after a fair. More is spam to those who are asked.
            Self::PaymentRequest => Rate { burst: 40, per_minute: 20 },
            // Retries after declines fit; trying stolen cards out does not.
            Self::Pay => Rate { burst: 20, per_minute: 10 },
            // An album of a new collection.
            Self::Upload => Rate { burst: 40, per_minute: 20 },
            // Once for each start of the app, on a few devices.
            Self::Push => Rate { burst: 20, per_minute: 5 },
            // A page asks a handful of questions for each address; eight tabs may do so at once.
            Self::Other => Rate { burst: 600, per_minute: 600 },
        }
    }
}

/// In a demo one person plays everybody, and stories are told without breathing.
const IN_A_DEMO: u32 = 50;
/// Those who have long been quiet are forgotten after so many calls.
const TIDY: u32 = 10_000;

/// Who is counted as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Who {
    Account(AccountId),
    Peer(IpAddr),
}

type Counter<C> = RateLimiter<Who, DashMapStateStore<Who>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The counters of a server.
pub struct Limits<C: Clock = DefaultClock> {
    sign_in: Counter<C>,
    message: Counter<C>,
    payment_request: Counter<C>,
    pay: Counter<C>,
    upload: Counter<C>,
    push: Counter<C>,
    other: Counter<C>,
    clock: C,
    calls: AtomicU32,
    trusted: Vec<IpAddr>,
}

impl Limits {
    /// Counters for a configuration.
    pub fn new(config: &Config) -> Self {
        Self::by(config, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn by(config: &Config, clock: C) -> Self {
        let times = if config.demo { IN_A_DEMO } else { 1 };
        let counter = |kind: Kind| {
            let rate = kind.rate();
            let count = |number: u32| NonZeroU32::new(number * times).expect("a rate of some");
            let quota = Quota::per_minute(count(rate.per_minute)).allow_burst(count(rate.burst));
            RateLimiter::dashmap_with_clock(quota, clock.clone())
        };
        Self {
            sign_in: counter(Kind::SignIn),
            message: counter(Kind::Message),
            payment_request: counter(Kind::PaymentRequest),
            pay: counter(Kind::Pay),
            upload: counter(Kind::Upload),
            push: counter(Kind::Push),
            other: counter(Kind::Other),
            clock,
            calls: AtomicU32::new(0),
            trusted: config.trusted_proxies.clone(),
        }
    }

    fn counter(&self, kind: Kind) -> &Counter<C> {
        match kind {
            Kind::SignIn => &self.sign_in,
            Kind::Message => &self.message,
            Kind::PaymentRequest => &self.payment_request,
            Kind::Pay => &self.pay,
            Kind::Upload => &self.upload,
            Kind::Push => &self.push,
            Kind::Other => &self.other,
        }
    }

    /// Counts a call; how long to wait when it is one too many.
    fn count(&self, kind: Kind, who: &Who) -> Result<(), Duration> {
        if self.calls.fetch_add(1, Ordering::Relaxed) % TIDY == TIDY - 1 {
            for kind in Kind::ALL {
                self.counter(kind).retain_recent();
            }
        }
        let counted = self.counter(kind).check_key(who);
        counted.map_err(|until| until.earliest_possible().duration_since(self.clock.now()).into())
    }
}

/// The layer: an account, else an address, does nothing too often.
pub async fn hold_back(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let kind = Kind::of(request.method(), route);
    let who = match request.extensions().get::<Caller>() {
        // Signing in is counted by where it comes from, whoever one was before.
        Some(Caller(account)) if kind != Kind::SignIn => Who::Account(account.clone()),
        Some(_) | None => {
            let address = client::address(request.extensions(), request.headers(), &limits.trusted);
            Who::Peer(client::neighbourhood(address))
        }
    };
    match limits.count(kind, &who) {
        Ok(()) => next.run(request).await,
        Err(wait) => too_often(wait),
    }
}

fn too_often(wait: Duration) -> Response {
    // Rounded up: whoever comes at that time is let in.
    let seconds = wait.as_secs() + 1;
    let mut response = Problem::new(429, "rate_limited", "This is too often. Wait a moment.").into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn limits(demo: bool) -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Limits::by(&Config { demo, ..Config::local(([127, 0, 0, 1], 1).into()) }, clock.clone()), clock)
    }

    fn who(number: u8) -> Who {
        Who::Peer(IpAddr::from([10, 0, 0, number]))
    }

    fn allowed(limits: &Limits<FakeRelativeClock>, kind: Kind, who: &Who) -> u32 {
        (0..).find(|_| limits.count(kind, who).is_err()).unwrap()
    }

    #[test]
    fn after_a_burst_one_waits_as_long_as_one_is_told() {
        let (limits, clock) = limits(false);
        assert_eq!(allowed(&limits, Kind::Pay, &who(1)), Kind::Pay.rate().burst);
        let wait = limits.count(Kind::Pay, &who(1)).unwrap_err();
        assert_eq!(wait, Duration::from_secs(6));
        clock.advance(wait);
        assert_eq!(limits.count(Kind::Pay, &who(1)), Ok(()));
        assert!(limits.count(Kind::Pay, &who(1)).is_err());
    }

    #[test]
    fn nobody_waits_for_somebody_else_nor_for_another_kind() {
        let (limits, _clock) = limits(false);
        allowed(&limits, Kind::Message, &who(1));
        assert_eq!(limits.count(Kind::Message, &who(2)), Ok(()));
        assert_eq!(limits.count(Kind::Upload, &who(1)), Ok(()));
    }

    #[test]
    fn whoever_becomes_somebody_is_counted_as_signing_in() {
        for route in ["/v1/sign-in/passkey/begin", "/v1/sign-up/finish", "/v1/join/look"] {
            assert_eq!(Kind::of(&Method::POST, Some(route)), Kind::SignIn, "{route}");
        }
        assert_eq!(Kind::of(&Method::GET, Some("/v1/sign-in")), Kind::Other);
        assert_eq!(Kind::of(&Method::POST, Some("/v1/team/invitations")), Kind::Other);
    }

    #[test]
    fn a_demo_has_room_for_stories() {
        let (limits, _clock) = limits(true);
        assert_eq!(allowed(&limits, Kind::SignIn, &who(1)), Kind::SignIn.rate().burst * IN_A_DEMO);
    }

    #[test]
    fn those_who_are_quiet_are_forgotten() {
        let (limits, clock) = limits(false);
        for number in 0..=255 {
            limits.count(Kind::Other, &who(number)).unwrap();
        }
        assert_eq!(limits.other.len(), 256);
        clock.advance(Duration::from_secs(3_600));
        for _ in 0..TIDY {
            // Refused or not, each is a call.
            let _counted = limits.count(Kind::Other, &who(0));
        }
        assert_eq!(limits.other.len(), 1);
    }
}
