//! What a server is started with: flags, else the environment, else defaults; checked before anything is opened.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// `sqlite:path` or `postgres://…`.
    pub database: String,
    /// The built app to serve; none serves the API alone.
    pub app: Option<PathBuf>,
    /// Whether it is a demo: people to be without a passkey, a clock that can be set, a world to begin with.
    pub demo: bool,
    /// The address people reach it at, without a slash at its end: what passkeys and cookies are bound to.
    pub origin: String,
}
