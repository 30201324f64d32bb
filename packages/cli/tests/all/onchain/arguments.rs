//! What is wrong on the command line is told before a chain is asked, and ends with 2.

use super::run;

#[test]
fn wrong_arguments_end_with_2_and_say_what_was_expected() {
    let table: [(&[&str], &str); 5] = [
        (
            &["status"],
            "--network: expected a network of networks (it holds none) or a network file, got none",
        ),
        (&["status", "--network", "nope"], "network nope: expected one of"),
        (&["status", "--network", "missing.toml"], "missing.toml"),
        (
            &["deploy", "grid.toml", "--network", "nowhere.toml"],
            "grid.toml: No such file",
        ),
        (
            &["migrate", "token", "--network", "nowhere.toml"],
            "possible values: pledge-escrow",
        ),
    ];
    for (arguments, expected) in table {
        let (code, out, error) = run("onchain_arguments", arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
        assert!(
            error.contains(expected),
            "{arguments:?}: expected `{expected}` in: {error}"
        );
        assert!(out.is_empty(), "{arguments:?}: {out}");
    }
}

#[test]
fn help_names_the_exit_codes_and_every_command_on_a_chain_takes_the_same_options() {
    let (code, help, _) = run("onchain_help", &["--help"]);
    assert_eq!(code, Some(0));
    for expected in [
        "Exit codes:",
        "3  the network could not be reached",
        "deploy",
        "verify",
        "migrate",
        "keys",
        "status",
    ] {
        assert!(help.contains(expected), "expected `{expected}` in: {help}");
    }
    for command in [
        ["status", "--help"],
        ["deploy", "--help"],
        ["verify", "--help"],
        ["migrate", "--help"],
    ] {
        let (_, help, _) = run("onchain_help", &command);
        for option in [
            "--network",
            "--from",
            "--json",
            "--dry-run",
            "--yes",
            "--keys",
            "--key-file",
            "--deployments",
        ] {
            assert!(
                help.contains(option),
                "{command:?}: expected `{option}` in: {help}"
            );
        }
        for secret in ["--mnemonic", "--passphrase", "--password"] {
            assert!(
                !help.contains(secret),
                "{command:?}: a secret is no option, got `{secret}`"
            );
        }
    }
}

#[test]
fn verify_says_what_recomputing_the_books_takes() {
    let (code, help, _) = run("onchain_verify_help", &["verify", "--help"]);
    assert_eq!(code, Some(0));
    // However wide the terminal is.
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "--books",
        "from the chain's transactions alone",
        "an index of transactions",
        "as of the last block read",
    ] {
        assert!(help.contains(expected), "expected `{expected}` in: {help}");
    }
}
