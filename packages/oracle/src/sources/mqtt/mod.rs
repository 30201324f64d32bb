//! MQTT 3.1.1: messages of quality 1, acknowledged by hand once they are on the disk.
//!
//! Topics whose payload has its own time are read in a session that the broker keeps while this oracle is away. Topics
//! without are read in a session of their own that it does not keep: an hour's backlog would look like now.

pub mod options;
pub mod session;

use crate::config::MqttSource;
use crate::intake::Intake;
use options::Kind;

/// Reads a broker for ever.
pub async fn run(source: MqttSource, intake: Intake) {
    let (kept, clean): (Vec<_>, Vec<_>) = source
        .topics
        .iter()
        .cloned()
        .partition(|topic| topic.time.is_some());
    let both = [(Kind::Kept, kept), (Kind::Clean, clean)];
    let mut sessions = tokio::task::JoinSet::new();
    for (kind, topics) in both {
        if !topics.is_empty() {
            sessions.spawn(session::run(source.clone(), kind, topics, intake.clone()));
        }
    }
    sessions.join_all().await;
}
