#![doc = include_str!("../README.md")]

mod account_key;
mod block;
mod blocks;
mod books;
mod chain;
mod connection;
mod contracts;
mod encoding;
mod error;
mod fate;
mod fee_allowance;
mod fee_grantees;
mod gas_price;
mod history;
mod key_lock;
mod key_store;
mod key_store_error;
mod message;
mod network;
mod secret_file;
mod sender;
mod signing;
mod tls;
mod transaction;
mod waiting;
mod wasm;

pub use account_key::{Key, KeyError, MNEMONIC_VARIABLE};
/// Secrets that are wiped from memory and never shown.
pub use age::secrecy::{ExposeSecret, SecretString};
pub use block::Block;
pub use blocks::Follow;
pub use books::{Answers, BooksError, BooksReader, Cause, Compared, Counts, Founding, GridBooks};
pub use chain::{Chain, ChainAccount};
pub use contracts::{BeforeReport, Escrow, Registry, ReportBasis, Settlement};
pub use error::Error;
pub use fee_allowance::FeeAllowance;
pub use gas_price::GasPrice;
pub use key_lock::KeyLock;
pub use key_store::{KeyStore, Protection, Unlock};
pub use key_store_error::KeyStoreError;
pub use message::Message;
pub use network::{NamedAsset, Network, NetworkError};
/// Reads a file that only its owner can read.
pub use secret_file::read as read_secret;
pub use sender::{Estimate, Options, Sender, Submitted};
pub use transaction::{ChainEvent, Transaction};
pub use wasm::{Code, Contract, UploadPermission};
