//! Derivation, and that nothing shows a secret.

use gridpact_client::{Key, KeyError};

const ABANDON: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

#[test]
fn addresses_and_public_keys_are_those_that_wasmd_derives() {
    let art = format!("{}art", "abandon ".repeat(23));
    // The first is the known cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4; all with `wasmd keys add --recover`.
    let vectors = [
        (
            ABANDON,
            "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7",
            "024f4e2ad99c34d60b9ba6283c9431a8418af8673212961f97a77b6377fcd05b62",
        ),
        (
            art.as_str(),
            "wasm1r5v5srda7xfth3hn2s26txvrcrntldju3hkw75",
            "02ba66a84cf7839af172a13e7fc9f5e7008cb8bca1585f8f3bafb3039eda3c1fdd",
        ),
        (
            "legal winner thank year wave sausage worth useful legal winner thank yellow",
            "wasm1avgyh77ycn997ja45q5q8ss8y9mr424j2xnxu2",
            "03510c69e626043eda293ccd3aecf49a568a9aab62173e77540fe385a454e61513",
        ),
    ];
    for (words, address, public_key) in vectors {
        let key = Key::from_mnemonic(words, "wasm").unwrap();
        assert_eq!(key.address(), address);
        assert_eq!(hex::encode(key.public_key()), public_key);
        assert_eq!(key.report_key().public_key(), key.public_key());
    }
    let cosmos = Key::from_mnemonic(ABANDON, "cosmos").unwrap();
    assert_eq!(cosmos.address(), "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4");
}

#[test]
fn blanks_and_line_ends_around_words_do_not_matter() {
    let key = Key::from_mnemonic(&format!("  {}\n", ABANDON.replace(' ', "  ")), "wasm").unwrap();
    assert_eq!(key.address(), "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7");
}

#[test]
fn what_is_wrong_with_words_is_told_without_the_words() {
    let cases = [
        ("", "got 0 words"),
        ("abandon about", "got 2 words"),
        (
            &ABANDON.replace("about", "topsecret"),
            "word 12 is not in the list",
        ),
        (&ABANDON.replace("about", "abandon"), "checksum"),
    ];
    for (words, told) in cases {
        let error = Key::from_mnemonic(words, "wasm").unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
        assert!(
            !error.contains("abandon") && !error.contains("topsecret"),
            "{error}"
        );
    }
}

#[test]
fn a_prefix_that_makes_no_address_is_refused() {
    let error = Key::from_mnemonic(ABANDON, "WASM!").unwrap_err();
    assert!(
        matches!(&error, KeyError::Prefix { prefix, .. } if prefix == "WASM!"),
        "{error:?}"
    );
}

#[test]
fn debug_shows_the_address_only() {
    let key = Key::from_mnemonic(ABANDON, "wasm").unwrap();
    assert_eq!(
        format!("{key:?}"),
        "Key(wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7)"
    );
}
