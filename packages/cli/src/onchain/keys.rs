//! `gridpact keys`: keys in a folder, encrypted unless asked otherwise. No network is touched.

use std::io::{self, IsTerminal, Read};

use anyhow::Result;
use clap::{Args, Subcommand};
use gridpact_client::{ExposeSecret, Key, SecretString};
use serde::Serialize;

use super::{hex, listing, print, wallet, KeyArgs, Listing, Wallet};

/// Options of `keys`.
#[derive(Args, Debug, Clone)]
pub struct KeysArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// Where they are.
    #[command(flatten)]
    pub keys: KeyArgs,
    /// What addresses of the chain begin with.
    #[arg(
        long,
        value_name = "PREFIX",
        default_value = "wasm",
        global = true,
        help_heading = "Keys"
    )]
    pub prefix: String,
    /// Print the result as JSON.
    #[arg(long, global = true, help_heading = "Output")]
    pub json: bool,
}

/// What can be done with keys.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// Make a key. Its 24 words are shown once, at a terminal: write them on paper.
    Generate {
        /// What to call it: letters, digits, hyphens, underscores.
        name: String,
        /// Keep it unencrypted, in a file that only you can read.
        #[arg(long)]
        plain: bool,
    },
    /// Keep a key of known words, read from standard input or asked for; never from the command line.
    Import {
        /// What to call it: letters, digits, hyphens, underscores.
        name: String,
        /// Keep it unencrypted, in a file that only you can read.
        #[arg(long)]
        plain: bool,
    },
    /// The names of all keys, and the addresses of those that open without a passphrase.
    List,
    /// A key's address and public key, as a grid's committee lists them.
    Address {
        /// Its name.
        name: String,
    },
}

/// What everybody may know of a key.
#[derive(Serialize, Debug, Clone)]
struct Public {
    name: String,
    address: Option<String>,
    public_key: Option<String>,
    encrypted: bool,
}

/// Makes, imports or shows keys.
///
/// # Errors
/// A name that is taken or unknown; words that are no mnemonic; nobody to ask for a passphrase.
pub fn run(args: &KeysArgs) -> Result<bool> {
    let wallet = Wallet::new(&args.keys, &args.prefix)?;
    let store = wallet.store();
    match &args.action {
        Action::Generate { name, plain } => {
            let (key, words) = store.generate(name, &args.prefix, &wallet.protection(*plain)?)?;
            show_words(&words);
            show(args, &public(name, &key, !plain))?;
        }
        Action::Import { name, plain } => {
            let words = words()?;
            let key = store.import(name, &words, &args.prefix, &wallet.protection(*plain)?)?;
            show(args, &public(name, &key, !plain))?;
        }
        Action::Address { name } => {
            let key = wallet.load(name)?;
            show(args, &public(name, &key, store.is_encrypted(name)?))?;
        }
        Action::List => list(args, &wallet)?,
    }
    Ok(true)
}

fn list(args: &KeysArgs, wallet: &Wallet) -> Result<()> {
    let mut keys = Vec::new();
    for name in wallet.store().names() {
        let encrypted = wallet.store().is_encrypted(&name)?;
        // One key that does not open must not hide the others.
        let key = wallet.opens_by_itself(&name).then(|| wallet.load(&name));
        let known = match key {
            Some(Ok(key)) => public(&name, &key, encrypted),
            closed => {
                if let Some(Err(error)) = closed {
                    eprintln!("{error:#}");
                }
                Public {
                    name,
                    address: None,
                    public_key: None,
                    encrypted,
                }
            }
        };
        keys.push(known);
    }
    print(args.json, &keys, |keys| {
        let mut list = Listing::new(["key", "kept", "address"]);
        for key in keys {
            let kept = if key.encrypted { "encrypted" } else { "plain" };
            let address = key.address.clone().unwrap_or_else(|| "(locked)".to_owned());
            list.row([key.name.clone(), kept.to_owned(), address]);
        }
        if list.is_empty() {
            format!("{}\n", wallet.known())
        } else {
            list.to_string()
        }
    })
}

fn public(name: &str, key: &Key, encrypted: bool) -> Public {
    Public {
        name: name.to_owned(),
        address: Some(key.address().to_owned()),
        public_key: Some(hex(&key.public_key())),
        encrypted,
    }
}

fn show(args: &KeysArgs, key: &Public) -> Result<()> {
    print(args.json, key, |key| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        listing::facts([
            ("key", key.name.clone()),
            ("address", text(&key.address)),
            ("public key", text(&key.public_key)),
        ])
    })
}

/// Words are shown to a person, never to a file or a program.
fn show_words(words: &SecretString) {
    if io::stderr().is_terminal() {
        eprintln!(
            "Write these words on paper. Whoever has them has the key; they are not shown again.\n\n  {}\n",
            words.expose_secret()
        );
    } else {
        eprintln!("The key's words are shown at a terminal only: keep a copy of the key's file.");
    }
}

/// The words to import: asked for at a terminal without showing them, else all of standard input.
fn words() -> Result<SecretString> {
    if io::stdin().is_terminal() {
        return Ok(wallet::ask("Words: ")?.into());
    }
    let mut words = String::new();
    // No mnemonic is longer: 24 words of at most 8 letters.
    io::stdin().lock().take(1_024).read_to_string(&mut words)?;
    Ok(words.split_whitespace().collect::<Vec<_>>().join(" ").into())
}
