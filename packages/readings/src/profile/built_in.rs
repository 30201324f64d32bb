//! The profiles built in.

use super::Profile;

/// Profiles built in, by file.
const BUILT_IN: [&str; 3] = [
    include_str!("../../profiles/fluvius.toml"),
    include_str!("../../profiles/linznetz.toml"),
    include_str!("../../profiles/home-assistant-statistics.toml"),
];

/// The profiles built in.
pub fn built_in() -> impl Iterator<Item = Profile> {
    BUILT_IN.iter().filter_map(|text| Profile::parse(text).ok())
}

/// The file of a profile built in.
pub(super) fn built_in_text(name: &str) -> Option<&'static str> {
    let is = |text: &&&str| Profile::parse(text).is_ok_and(|profile| profile.name() == name);
    BUILT_IN.iter().find(is).copied()
}

/// The profile built in that fits a header.
pub fn guess(header: &[String]) -> Option<Profile> {
    built_in().find(|profile| profile.fits(header))
}
