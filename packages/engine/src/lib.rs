#![doc = include_str!("../README.md")]

#[cfg(target_family = "wasm")]
mod browser;
pub mod error;
pub mod seat;
pub mod signed;
pub mod window;
