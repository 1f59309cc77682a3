//! Who is signed in and how they prove it, tried over the routes as a browser would.

mod authenticator;
mod failing;
mod faults;
mod passkeys;
mod paying;
mod recovery;
mod sessions;
mod team;
mod world;
