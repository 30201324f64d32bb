//! Reading an event.

use core::str::FromStr;

use cosmwasm_std::Event;

/// The attributes of an event, by the keys its contract documents.
#[derive(Clone, Copy)]
pub(crate) struct Attributes<'a>(pub &'a Event);

impl<'a> Attributes<'a> {
    /// The event's name, without the chain's prefix; None for events that no contract made.
    pub fn name(&self) -> Option<&'a str> {
        self.0.ty.strip_prefix("wasm-")
    }

    /// The text of a key, where the event has it.
    pub fn find(&self, key: &str) -> Option<&'a str> {
        let found = self.0.attributes.iter().find(|attribute| attribute.key == key);
        found.map(|attribute| attribute.value.as_str())
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> &'a str {
        let found = self.find(key);
        found.unwrap_or_else(|| panic!("{}: expected the key {key}", self.0.ty))
    }

    /// The number of a key.
    pub fn number<N: FromStr>(&self, key: &str) -> N {
        let text = self.text(key);
        let parsed = text.parse();
        parsed.unwrap_or_else(|_| panic!("{}: {key}: expected a number in range, got {text}", self.0.ty))
    }
}
