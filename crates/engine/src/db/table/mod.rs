//! One file per table: its rows, and the statements that touch it. No decision is made here.

pub mod bucket;
pub mod checkout;
pub mod data;
pub mod delivery;
pub mod event;
pub mod folder;
pub mod key;
pub mod link;
pub mod object;
pub mod user;
pub mod version;
pub mod webhook;
pub mod workspace;
