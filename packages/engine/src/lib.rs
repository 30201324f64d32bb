#![doc = include_str!("../README.md")]

#[cfg(target_family = "wasm")]
mod browser;
pub mod call;
pub mod error;
pub mod replay;
pub mod seat;
pub mod signed;
pub mod window;
