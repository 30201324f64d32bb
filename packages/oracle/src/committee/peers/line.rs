//! One line to a peer: what is said on it, and what is heard.

use std::io;
use std::sync::Arc;

use gridpact_committee::file::hash::FileHash;
use gridpact_committee::message::content::MessageId;
use tokio::io::{split, AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{interval, sleep, timeout, Instant, MissedTickBehavior};

use super::bounds::{FRAME, PING, SLOW_PING};
use super::frame::{read, Frame};
use super::pace::Pace;
use super::pinned::Pin;
use crate::clock::Clock;

/// Something heard of a peer. Its line reads on only when this is dropped: so a line keeps one frame in memory, however much
/// its peer says.
#[derive(Debug)]
pub struct Heard {
    /// Of whom.
    pub from: Pin,
    /// What.
    pub what: What,
    _taken: oneshot::Sender<()>,
}

/// What can be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A line to it begins.
    Up,
    /// How far its clock is before this one, ms.
    Ahead(i64),
    /// Messages that it has.
    Have(Vec<MessageId>),
    /// Messages that it wants.
    Want(Vec<MessageId>),
    /// A message.
    Message(Vec<u8>),
    /// Shared files that it has.
    Files(Vec<FileHash>),
    /// A shared file that it wants.
    WantFile(FileHash),
    /// A shared file's text.
    File(Vec<u8>),
    /// An accepted report that it lacks, by the hash of its body.
    WantReport([u8; 32]),
    /// A report's bytes.
    Report(Vec<u8>),
}

/// Encoded frames that wait to be sent; the same bytes for every peer.
pub(super) type Waiting = mpsc::Receiver<Arc<[u8]>>;

/// A line's ends.
pub(super) struct Line {
    pub peer: Pin,
    pub waiting: Waiting,
    /// Answers to pings wait with all else. Weak, so that the line ends when nobody else may say anything on it.
    pub answers: mpsc::WeakSender<Arc<[u8]>>,
    pub heard: mpsc::Sender<Heard>,
    pub clock: Clock,
}

impl Line {
    /// Until either side ends it.
    pub async fn run(self, stream: impl AsyncRead + AsyncWrite) -> io::Result<()> {
        let (mut from, mut to) = split(stream);
        let Self {
            peer,
            waiting,
            answers,
            heard,
            clock,
        } = self;
        tell(&heard, peer, What::Up).await?;
        tokio::select! {
            ended = say(&mut to, waiting, &clock) => ended,
            ended = listen(&mut from, peer, &answers, &heard, &clock) => ended,
        }
    }
}

async fn say(to: &mut (impl AsyncWrite + Unpin), mut waiting: Waiting, clock: &Clock) -> io::Result<()> {
    let mut pings = interval(PING);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let bytes = tokio::select! {
            bytes = waiting.recv() => match bytes {
                Some(bytes) => bytes,
                None => return Ok(()),
            },
            _ = pings.tick() => Frame::Ping(clock.moment().0).encode().into(),
        };
        let written = async {
            to.write_all(&bytes).await?;
            to.flush().await
        };
        timeout(FRAME, written).await??;
    }
}

async fn listen(
    from: &mut (impl AsyncRead + Unpin),
    peer: Pin,
    answers: &mpsc::WeakSender<Arc<[u8]>>,
    heard: &mpsc::Sender<Heard>,
    clock: &Clock,
) -> io::Result<()> {
    let mut pace = Pace::new(Instant::now());
    loop {
        let (frame, bytes) = read(from).await?;
        let now = clock.moment().0;
        let what = match frame {
            Frame::Ping(asked) => {
                let answer = Frame::Pong { asked, at: now }.encode();
                if let Some(answers) = answers.upgrade() {
                    // Where too much waits there is no answer, as on a slow line.
                    let _ = answers.try_send(answer.into());
                }
                None
            }
            Frame::Pong { asked, at } => ahead(asked, at, now).map(What::Ahead),
            Frame::Have(names) => Some(What::Have(names)),
            Frame::Want(names) => Some(What::Want(names)),
            Frame::Message(bytes) => Some(What::Message(bytes)),
            Frame::Files(names) => Some(What::Files(names)),
            Frame::WantFile(name) => Some(What::WantFile(name)),
            Frame::File(bytes) => Some(What::File(bytes)),
            Frame::WantReport(name) => Some(What::WantReport(name)),
            Frame::Report(bytes) => Some(What::Report(bytes)),
        };
        if let Some(what) = what {
            tell(heard, peer, what).await?;
        }
        sleep(pace.took(bytes, Instant::now())).await;
    }
}

/// How far a clock that showed `at` is before this one, which showed `asked` before and `now` after. Half the way there is taken to
/// be the way back; where the way was long it says nothing.
fn ahead(asked: u64, at: u64, now: u64) -> Option<i64> {
    let took = now.checked_sub(asked).filter(|took| *took <= SLOW_PING)?;
    let here = i64::try_from(asked.saturating_add(took.div_euclid(2))).ok()?;
    i64::try_from(at).ok()?.checked_sub(here)
}

/// Hands something over, and waits until it is dealt with.
async fn tell(heard: &mpsc::Sender<Heard>, from: Pin, what: What) -> io::Result<()> {
    let (taken, done) = oneshot::channel();
    let heard_of = Heard {
        from,
        what,
        _taken: taken,
    };
    let ended = |_| io::Error::from(io::ErrorKind::BrokenPipe);
    heard.send(heard_of).await.map_err(ended)?;
    // Nothing is sent: it is dropped, which is the sign.
    let _ = done.await;
    Ok(())
}
