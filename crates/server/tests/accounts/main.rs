//! Who is signed in and how they prove it, tried over the routes as a browser would.

mod authenticator;
mod passkeys;
mod recovery;
mod sessions;
mod world;
