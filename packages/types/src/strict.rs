//! Messages are strict, answers are not.
//!
//! A field that a contract does not know may be the misspelt one that mattered: a pledge whose `conditon` is overlooked is
//! a pledge without a condition. So entry points take their message as [`Strict`], which refuses what it does not know, at
//! any depth. Answers and events are read leniently, so that a client survives a field that a newer contract added.

use cosmwasm_schema::serde::de::{DeserializeOwned, Error};
use cosmwasm_schema::serde::{Deserialize, Deserializer};

/// A message of which every field was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strict<T>(pub T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut unknown = None;
        let mut note = |path: serde_ignored::Path| {
            unknown.get_or_insert_with(|| path.to_string());
        };
        // By one type of callback whatever the message: else what several messages have in common is compiled for each of them.
        let note: &mut dyn FnMut(serde_ignored::Path) = &mut note;
        let message = serde_ignored::deserialize(deserializer, note)?;
        match unknown {
            None => Ok(Self(message)),
            Some(field) => Err(D::Error::custom(format_args!(
                "field: expected only those of the message, got {field}"
            ))),
        }
    }
}
