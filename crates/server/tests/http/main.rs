//! The server over real sockets.

mod live;
mod site;
