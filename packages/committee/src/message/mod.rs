//! What members say to each other: five kinds of messages, each in one encoding, each signed by who says it.

pub mod bytes;
pub mod content;
pub mod envelope;
pub mod error;
