//! The server over real sockets.

mod answers;
mod figures;
mod hostile;
mod live;
mod process;
mod rates;
mod site;
