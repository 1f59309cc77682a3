//! The client against servers of this process: what it sends, by PayPal's own schemas, and what it makes of every answer.

mod answers;
mod recorder;
mod requests;
mod samples;
mod schemas;
mod tokens;
mod vocabulary;
mod wire;
