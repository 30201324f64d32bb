//! `gridpact-oracle token`.

use std::fs::File;
use std::io::Read;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Makes a token of 32 random bytes, shown once, and its hash.
///
/// # Errors
/// The system gives no random bytes.
pub fn run() -> Result<()> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")
        .and_then(|mut random| random.read_exact(&mut bytes))
        .context("/dev/urandom")?;
    let token = hex::encode(bytes);
    println!(
        "For the sender, shown once:\n  {token}\nFor [[push.tokens]]:\n  sha256 = \"{}\"",
        hash(&token)
    );
    Ok(())
}

/// What the file keeps of a token.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
