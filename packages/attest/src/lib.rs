#![doc = include_str!("../README.md")]

pub mod assignment;
pub mod certificate;
pub mod compose;
pub mod draft;
pub mod error;
pub mod gathering;
pub mod note;
