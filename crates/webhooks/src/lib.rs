//! Delivering webhooks: messages that the engine made of what happened go to the addresses that want them, signed, and
//! never to an address inside of this network that the settings do not name.
//!
//! What is sent, when it is tried again and when it is given up, the engine decides; here is the way to the network.

mod connect;
mod deliver;
mod send;
mod sign;

pub use connect::Resolve;
pub use deliver::{Deliverer, Settings};
