//! The one thread that writes: whatever waits is committed together, with one sync, and only then is anybody answered.

use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;
use super::files::Lock;
use crate::bounds::{GROUP, WRITER_QUEUE};

/// A piece of work inside the transaction; gives what to do once the commit has succeeded or failed.
type Job = Box<dyn FnOnce(&Connection) -> Answer + Send>;
/// Says what became of a job. Told `None` after the commit, or why there was none.
type Answer = Box<dyn FnOnce(Option<String>) + Send>;

/// The way to the writer. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the thread, which owns the connection and the folder's lock. It ends when the last writer is dropped, and lets go of
    /// the folder only when all is written.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(connection: Connection, lock: Lock) -> Result<Self, std::io::Error> {
        let (jobs, queue) = mpsc::channel(WRITER_QUEUE);
        let work = move || {
            work(connection, queue);
            drop(lock);
        };
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(work)?;
        Ok(Self { jobs })
    }

    /// Does something in a transaction, and returns what it gave once that is committed. An error undoes this job alone.
    ///
    /// # Errors
    /// The job's own; the commit failed; the writer has ended.
    pub async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (job, answered) = prepared(job);
        self.jobs.send(job).await.map_err(|_| StoreError::Ended)?;
        answered.await.map_err(|_| StoreError::Ended)?
    }

    /// The same on a thread that may wait.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_and_wait<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (job, answered) = prepared(job);
        self.jobs.blocking_send(job).map_err(|_| StoreError::Ended)?;
        answered.blocking_recv().map_err(|_| StoreError::Ended)?
    }

    /// Whether the writer still answers, and how long it took.
    pub async fn ping(&self, limit: Duration) -> Option<Duration> {
        let since = Instant::now();
        let asked = tokio::time::timeout(limit, self.write(|_| Ok(())));
        asked.await.ok()?.ok().map(|()| since.elapsed())
    }
}

/// A job that tells what became of it, once that is certain.
fn prepared<T, F>(job: F) -> (Job, oneshot::Receiver<Result<T, StoreError>>)
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let job: Job = Box::new(move |connection| {
        let done = alone(connection, job);
        Box::new(move |failed| {
            let told = match failed {
                None => done,
                Some(why) => Err(StoreError::NotCommitted(why)),
            };
            // Whoever asked may be gone; what is committed stays.
            let _ = answer.send(told);
        })
    });
    (job, answered)
}

/// Runs a job so that its error undoes what it did, and nothing else.
fn alone<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT job")?;
    let done = job(connection);
    if done.is_err() {
        connection.execute_batch("ROLLBACK TO job")?;
    }
    connection.execute_batch("RELEASE job")?;
    done
}

fn work(mut connection: Connection, mut queue: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(GROUP);
    loop {
        group.clear();
        if queue.blocking_recv_many(&mut group, GROUP) == 0 {
            // All into the database's own file, so that a plain copy of it is whole.
            let _ = connection.pragma_update(None, "wal_checkpoint", "TRUNCATE");
            return;
        }
        let mut answers: Vec<Answer> = Vec::with_capacity(group.len());
        let committed = commit(&mut connection, group.drain(..), &mut answers);
        let failed = committed.err().map(|error| error.to_string());
        if let Some(why) = &failed {
            eprintln!("database: {why}");
        }
        for answer in answers {
            answer(failed.clone());
        }
    }
}

fn commit(
    connection: &mut Connection,
    group: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    answers.extend(group.map(|job| job(&transaction)));
    transaction.commit()
}
