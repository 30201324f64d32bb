//! Lines between members: who gets one, what it carries, and what it bears.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use gridpact_committee::bounds::MAX_MESSAGE;
use gridpact_oracle::clock::Clock;
use gridpact_oracle::committee::peers::bounds::{BURST, MAX_HANDSHAKES, PER_SECOND};
use gridpact_oracle::committee::peers::frame::Frame;
use gridpact_oracle::committee::peers::identity::Identity;
use gridpact_oracle::committee::peers::line::{Heard, What};
use gridpact_oracle::committee::peers::network::{Network, Peer};
use gridpact_oracle::committee::peers::pace::Pace;
use gridpact_oracle::committee::peers::pinned::Pin;
use rustls_pki_types::ServerName;
use tempfile::TempDir;
use tokio::io::{copy_bidirectional, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout, Instant};
use tokio_rustls::client::TlsStream;
use tokio_rustls::TlsConnector;

/// No step takes longer.
const LIMIT: Duration = Duration::from_secs(60);

/// A member's end of all lines.
struct End {
    network: Network,
    hears: mpsc::Receiver<Heard>,
    address: Option<SocketAddr>,
    _folder: TempDir,
}

impl End {
    async fn new(listens: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::of(folder.path()).unwrap();
        let listener = match listens {
            true => Some(TcpListener::bind("127.0.0.1:0").await.unwrap()),
            false => None,
        };
        let address = listener.as_ref().map(|listener| listener.local_addr().unwrap());
        let (network, hears) = Network::start(identity, listener, Clock::default()).unwrap();
        Self {
            network,
            hears,
            address,
            _folder: folder,
        }
    }

    fn peer(&self) -> Peer {
        self.peer_at(self.address)
    }

    fn peer_at(&self, address: Option<SocketAddr>) -> Peer {
        Peer {
            pin: self.network.pin(),
            url: address.map(|address| format!("https://{address}")),
        }
    }

    /// Waits until it hears something of a kind.
    async fn until<T>(&mut self, wanted: impl Fn(&Heard) -> Option<T>) -> T {
        let hear = async {
            loop {
                let heard = self.hears.recv().await.unwrap();
                if let Some(found) = wanted(&heard) {
                    return found;
                }
            }
        };
        timeout(LIMIT, hear).await.expect("to hear it within a minute")
    }

    async fn until_up(&mut self, from: Pin) {
        self.until(|heard| (heard.from == from && heard.what == What::Up).then_some(()))
            .await;
    }

    async fn message(&mut self) -> (Pin, Vec<u8>) {
        self.until(|heard| match &heard.what {
            What::Message(bytes) => Some((heard.from, bytes.clone())),
            _ => None,
        })
        .await
    }
}

/// A member's key without its service: for saying what no service says.
async fn by_hand(caller: &Identity, to: &End) -> std::io::Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(to.address.unwrap()).await?;
    let connector = TlsConnector::from(caller.client(to.network.pin()).unwrap());
    connector
        .connect(ServerName::try_from("peer.invalid").unwrap(), stream)
        .await
}

fn stranger() -> (TempDir, Identity) {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::of(folder.path()).unwrap();
    (folder, identity)
}

/// Waits until the other side has ended a line: not one frame, whatever it said before.
async fn is_ended(mut line: TlsStream<TcpStream>) -> bool {
    let mut rest = Vec::new();
    // The end, or an error: an alert, a reset. Only a line that stands runs into the limit.
    timeout(LIMIT, line.read_to_end(&mut rest)).await.is_ok()
}

#[tokio::test]
async fn a_member_that_only_calls_out_hears_and_is_heard() {
    let (mut north, mut south) = (End::new(true).await, End::new(false).await);
    north.network.set_peers([south.peer()]);
    south.network.set_peers([north.peer()]);
    let (at_north, at_south) = (north.network.pin(), south.network.pin());
    north.until_up(at_south).await;
    south.until_up(at_north).await;
    north
        .network
        .say_to_all(&Frame::Message(b"to the south".to_vec()));
    assert_eq!(south.message().await, (at_north, b"to the south".to_vec()));
    south
        .network
        .say(&at_north, &Frame::Message(vec![7; MAX_MESSAGE]));
    assert_eq!(north.message().await, (at_south, vec![7; MAX_MESSAGE]));
}

#[tokio::test]
async fn peers_learn_how_far_their_clocks_are_apart() {
    let (mut north, mut south) = (End::new(true).await, End::new(false).await);
    north.network.set_peers([south.peer()]);
    south.network.set_peers([north.peer()]);
    let from = south.network.pin();
    // Both lines must be read for the answer to come.
    let reads = tokio::spawn(async move { while south.hears.recv().await.is_some() {} });
    let ahead = north
        .until(|heard| match heard.what {
            What::Ahead(ahead) if heard.from == from => Some(ahead),
            _ => None,
        })
        .await;
    reads.abort();
    // One clock: apart by no more than the longest way that is believed.
    assert!(ahead.abs() <= 1_000, "{ahead} ms");
}

#[tokio::test]
async fn whoever_has_another_key_gets_no_line() {
    let (mut north, south) = (End::new(true).await, End::new(false).await);
    north.network.set_peers([south.peer()]);
    let (_folder, stranger) = stranger();
    if let Ok(line) = by_hand(&stranger, &north).await {
        assert!(is_ended(line).await);
    }
    // Nor does one without TLS, or without a key.
    let mut plain = TcpStream::connect(north.address.unwrap()).await.unwrap();
    plain.write_all(&Frame::Message(vec![0]).encode()).await.unwrap();
    let mut rest = Vec::new();
    let _ = timeout(LIMIT, plain.read_to_end(&mut rest))
        .await
        .expect("an end");
    assert_eq!(north.network.connected(), BTreeSet::new());
    assert!(north.hears.try_recv().is_err(), "nothing of theirs is heard");
    // Who is refused hears why.
    let mut refused = End::new(false).await;
    refused.network.set_peers([north.peer()]);
    let since = Instant::now();
    let told = loop {
        if let Some(told) = refused.network.trouble(&north.peer().pin) {
            break told;
        }
        // A line begins, and ends with the refusal; it reads on when what it said is dealt with.
        while refused.hears.try_recv().is_ok() {}
        assert!(since.elapsed() < LIMIT, "nothing is told");
        sleep(Duration::from_millis(50)).await;
    };
    assert!(told.contains("it does not let this member in"), "{told}");
}

#[tokio::test]
async fn whoever_answers_at_a_peers_address_with_another_key_is_not_spoken_to() {
    let (mut north, mut impostor) = (End::new(false).await, End::new(true).await);
    let real = End::new(false).await;
    impostor.network.set_peers([north.peer()]);
    north.network.set_peers([real.peer_at(impostor.address)]);
    // The third call comes three seconds later: the first two have come to nothing.
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(4) {
        assert_eq!(north.network.connected(), BTreeSet::new());
        assert_eq!(impostor.network.connected(), BTreeSet::new());
        sleep(Duration::from_millis(100)).await;
    }
    // Why there is no line is told, with the address that was called.
    let trouble = north.network.trouble(&real.peer().pin).expect("it was called");
    assert!(
        trouble.contains(&impostor.address.unwrap().to_string()),
        "{trouble}"
    );
    assert!(
        trouble.ends_with("expected the TLS key of the shared file, got another"),
        "{trouble}"
    );
    assert!(north.hears.try_recv().is_err());
    assert!(impostor.hears.try_recv().is_err());
}

#[tokio::test]
async fn frames_that_are_too_long_or_none_end_the_line() {
    let mut north = End::new(true).await;
    let (_folder, south) = stranger();
    north.network.set_peers([Peer {
        pin: south.pin(),
        url: None,
    }]);
    let too_long = u32::try_from(MAX_MESSAGE + 1).unwrap().to_be_bytes();
    let heads: [&[u8]; 4] = [
        &[too_long.as_slice(), &[4]].concat(),
        // A ping of four gigabytes; a kind that is none; names that are not whole.
        &[255, 255, 255, 255, 0],
        &[0, 0, 0, 1, 10, 0],
        &[0, 0, 0, 33, 2],
    ];
    for head in heads {
        let mut line = by_hand(&south, &north).await.unwrap();
        line.write_all(head).await.unwrap();
        if *head == *heads[3] {
            line.write_all(&[0; 33]).await.unwrap();
        }
        line.flush().await.unwrap();
        let ends = tokio::spawn(is_ended(line));
        north.until_up(south.pin()).await;
        assert!(ends.await.unwrap(), "{head:?}");
    }
}

#[tokio::test]
async fn a_flood_waits_in_its_senders_buffers() {
    let mut north = End::new(true).await;
    let (_folder, south) = stranger();
    north.network.set_peers([Peer {
        pin: south.pin(),
        url: None,
    }]);
    let mut line = by_hand(&south, &north).await.unwrap();
    let frame = Frame::Message(vec![1; MAX_MESSAGE]).encode();
    let flood = tokio::spawn(async move {
        let mut sent = 0_usize;
        while timeout(Duration::from_secs(3), line.write_all(&frame))
            .await
            .is_ok()
        {
            sent += frame.len();
        }
        (line, sent)
    });
    north.until_up(south.pin()).await;
    // The first is held here, so that nobody reads on.
    let held = timeout(LIMIT, north.hears.recv()).await.unwrap().unwrap();
    assert!(matches!(held.what, What::Message(_)));
    let (_line, sent) = flood.await.unwrap();
    assert!(north.hears.try_recv().is_err(), "one frame of a line at a time");
    // What the two machines' sockets hold, and no more.
    println!("a flood of {sent} bytes came to a stop");
    assert!(sent < 16 << 20, "{sent} bytes were taken");
}

#[test]
fn behind_a_burst_a_line_is_read_so_fast_and_no_faster() {
    let begun = Instant::now();
    let mut pace = Pace::new(begun);
    let units = |count: u64| usize::try_from(count * 1_024 - 1).unwrap();
    assert_eq!(pace.took(units(BURST), begun), Duration::ZERO);
    assert_eq!(pace.took(units(PER_SECOND), begun), Duration::from_secs(1));
    // The smallest frames count as a kilobyte.
    let later = begun + Duration::from_secs(1);
    assert_eq!(pace.took(1, later), Duration::from_millis(1_000 / PER_SECOND));
    // Who waits long has a burst again, and no more.
    let much_later = begun + Duration::from_secs(1_000_000);
    assert_eq!(pace.took(units(BURST), much_later), Duration::ZERO);
    assert_eq!(pace.took(units(PER_SECOND), much_later), Duration::from_secs(1));
}

#[tokio::test]
async fn strangers_who_say_nothing_keep_a_member_out_for_a_handshake_at_most() {
    let (mut north, mut south) = (End::new(true).await, End::new(false).await);
    north.network.set_peers([south.peer()]);
    let mut silent = Vec::new();
    for _ in 0..MAX_HANDSHAKES + 8 {
        silent.push(TcpStream::connect(north.address.unwrap()).await.unwrap());
    }
    south.network.set_peers([north.peer()]);
    let from = south.network.pin();
    let reads = tokio::spawn(async move { while south.hears.recv().await.is_some() {} });
    north.until_up(from).await;
    reads.abort();
}

#[tokio::test]
async fn a_line_that_is_cut_comes_back() {
    let (mut north, mut south) = (End::new(true).await, End::new(false).await);
    let cable = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (at, to) = (cable.local_addr().unwrap(), north.address.unwrap());
    north.network.set_peers([south.peer()]);
    south.network.set_peers([north.peer_at(Some(at))]);
    let from = south.network.pin();
    let reads = tokio::spawn(async move { while south.hears.recv().await.is_some() {} });
    for _ in 0..2 {
        let (mut near, _) = timeout(LIMIT, cable.accept()).await.unwrap().unwrap();
        let mut far = TcpStream::connect(to).await.unwrap();
        let carries = tokio::spawn(async move { copy_bidirectional(&mut near, &mut far).await });
        north.until_up(from).await;
        carries.abort();
    }
    reads.abort();
}

#[tokio::test]
async fn who_is_no_peer_any_more_loses_the_line() {
    let (mut north, mut south) = (End::new(true).await, End::new(false).await);
    north.network.set_peers([south.peer()]);
    south.network.set_peers([north.peer()]);
    let (at_north, at_south) = (north.network.pin(), south.network.pin());
    north.until_up(at_south).await;
    south.until_up(at_north).await;
    north.network.set_peers([]);
    assert_eq!(north.network.connected(), BTreeSet::new());
    let since = Instant::now();
    while south.network.connected().contains(&at_north) {
        assert!(since.elapsed() < LIMIT, "the line's end is seen");
        sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn the_key_is_the_owners_alone_and_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let first = Identity::of(folder.path()).unwrap().pin();
    let mode = std::fs::metadata(folder.path().join("peers.key"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(Identity::of(folder.path()).unwrap().pin(), first);
    let (_other, identity) = stranger();
    assert_ne!(identity.pin(), first);
    std::fs::write(folder.path().join("peers.key"), "no key").unwrap();
    let error = Identity::of(folder.path()).unwrap_err().to_string();
    assert!(error.contains("peers.key"), "{error}");
}
