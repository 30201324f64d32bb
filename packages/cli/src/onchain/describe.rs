//! What a transaction would do, as JSON that a person can read too: `--dry-run` and the question before sending.

use gridpact_client::Message;
use serde_json::{json, Value};
use sha2::{Digest, Sha256};

/// A message as JSON. Wasm is told by its length and checksum.
pub fn message(message: &Message) -> Value {
    match message {
        Message::Execute { contract, msg, funds } => json!({
            "execute": { "contract": contract, "msg": readable(msg), "funds": funds }
        }),
        Message::Store { wasm } => json!({
            "store": { "bytes": wasm.len(), "checksum": hex(&Sha256::digest(wasm)) }
        }),
        Message::Instantiate2 {
            code_id,
            label,
            msg,
            admin,
            salt,
            funds,
        } => json!({
            "instantiate2": {
                "code_id": code_id, "label": label, "msg": readable(msg), "admin": admin,
                "salt": String::from_utf8_lossy(salt), "funds": funds,
            }
        }),
        Message::Migrate {
            contract,
            code_id,
            msg,
        } => json!({
            "migrate": { "contract": contract, "code_id": code_id, "msg": readable(msg) }
        }),
        Message::Send { to, amount } => json!({ "send": { "to": to, "amount": amount } }),
        Message::GrantFees { to, allowance } => json!({
            "grant_fees": {
                "to": to, "per_period": allowance.per_period, "period_seconds": allowance.period.0,
                "first_reset": allowance.first_reset.0, "total": allowance.total,
                "expires_at": allowance.expires_at.0, "for": "calls of contracts",
            }
        }),
        Message::RevokeFees { from } => json!({ "revoke_fees": { "from": from } }),
        Message::OnBehalf(messages) => json!({
            "on_behalf": messages.iter().map(self::message).collect::<Vec<_>>()
        }),
        Message::Other(kind) => json!({ "other": kind }),
    }
}

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn readable(msg: &[u8]) -> Value {
    serde_json::from_slice(msg).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(msg).into_owned()))
}
