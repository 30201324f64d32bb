//! One session: what comes is handed to a worker, which writes it and only then acknowledges.

use std::collections::HashMap;
use std::sync::Arc;

use rumqttc::{AsyncClient, Event, EventLoop, Incoming, Publish, QoS, SubscribeFilter};
use tokio::sync::mpsc;

use super::options::{options, Kind};
use crate::abort;
use crate::bounds::GROUP;
use crate::config::{MqttSource, Topic};
use crate::intake::{Arrival, Intake};
use crate::payload::samples;
use crate::retry::Backoff;
use crate::store::error::StoreError;
use crate::tally::Outcome;

/// Messages that wait for the worker: a broker that sends more than it is acknowledged loses the connection, and brings all
/// of them again.
const QUEUE: usize = 4_096;

/// Reads these topics for ever.
pub async fn run(source: MqttSource, kind: Kind, topics: Vec<Topic>, intake: Intake) {
    let name = source.name.get_ref().clone();
    let topics: HashMap<String, Topic> = topics
        .into_iter()
        .map(|topic| (topic.topic.get_ref().clone(), topic))
        .collect();
    let topics = Arc::new(topics);
    let mut backoff = Backoff::default();
    loop {
        // A password may be changed while the service runs.
        let trouble = match options(&source, kind) {
            Err(trouble) => trouble,
            Ok(options) => {
                // Unbounded: acknowledgements must never wait for the loop that hands messages over, or both would stand.
                let (client, events) = AsyncClient::builder(options).unbounded().build();
                let worker = Worker {
                    name: name.clone(),
                    topics: Arc::clone(&topics),
                    client: client.clone(),
                    intake: intake.clone(),
                };
                session(client, events, worker, &mut backoff).await
            }
        };
        let broker = source.broker.authority();
        intake.tally().down(&name, &format!("{broker}: {trouble}"));
        backoff.pause().await;
    }
}

/// Reads until the connection breaks, and tells why it did.
async fn session(
    client: AsyncClient,
    mut events: EventLoop,
    worker: Worker,
    backoff: &mut Backoff,
) -> String {
    let (messages, queue) = mpsc::channel(QUEUE);
    let (name, tally) = (worker.name.clone(), worker.intake.tally().clone());
    let filters: Vec<SubscribeFilter> = worker
        .topics
        .keys()
        .map(|topic| SubscribeFilter::new(topic.clone(), QoS::AtLeastOnce))
        .collect();
    let mut worker = tokio::spawn(worker.work(queue));
    let why = loop {
        let event = tokio::select! {
            event = events.poll() => event,
            ended = &mut worker => match ended {
                Ok(Err(error)) => return error.to_string(),
                _ => return "the worker ended".to_owned(),
            },
        };
        match event {
            // The broker may have lost the session, whatever it says.
            Ok(Event::Incoming(Incoming::ConnAck(_))) => {
                tally.up(&name);
                if let Err(error) = client.try_subscribe_many(filters.clone()) {
                    break error.to_string();
                }
            }
            Ok(Event::Incoming(Incoming::Publish(publish))) => {
                backoff.reset();
                if messages.try_send(publish).is_err() {
                    break format!("expected at most {QUEUE} messages without acknowledgement, got more");
                }
            }
            Ok(_) => {}
            Err(error) => break error.to_string(),
        }
    };
    // What waits comes again: it was not acknowledged.
    worker.abort();
    why
}

/// Writes and acknowledges.
struct Worker {
    name: String,
    topics: Arc<HashMap<String, Topic>>,
    client: AsyncClient,
    intake: Intake,
}

impl Worker {
    async fn work(self, mut queue: mpsc::Receiver<Publish>) -> Result<(), StoreError> {
        let mut group = Vec::with_capacity(GROUP);
        while queue.recv_many(&mut group, GROUP).await > 0 {
            let arrivals = group.iter().filter_map(|publish| self.read(publish)).collect();
            self.intake.take(&self.name, arrivals).await?;
            for publish in group.drain(..) {
                // One that was refused is acknowledged too: it would come again for ever.
                if self.client.ack(&publish).await.is_err() {
                    return Ok(());
                }
            }
            abort::point("acknowledged");
        }
        Ok(())
    }

    /// What a message says.
    fn read(&self, publish: &Publish) -> Option<Arrival> {
        let tally = self.intake.tally();
        let topic = core::str::from_utf8(&publish.topic)
            .ok()
            .and_then(|topic| self.topics.get(topic));
        let Some(topic) = topic else {
            tally.count(&self.name, Outcome::Unreadable, 1);
            return None;
        };
        if publish.retain && topic.time.is_none() {
            tally.count(&self.name, Outcome::Retained, 1);
            return None;
        }
        match samples(&publish.payload, topic, self.intake.now()) {
            Ok(samples) => Some(Arrival {
                meter: topic.meter.get_ref().clone(),
                samples,
            }),
            Err(error) => {
                tally.count(&self.name, Outcome::Unreadable, 1);
                tally.unreadable(&self.name, &format!("{}: {error}", topic.topic.get_ref()));
                None
            }
        }
    }
}
