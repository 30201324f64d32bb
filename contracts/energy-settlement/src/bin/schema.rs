//! Writes the contract's JSON schema.
fn main() {}
