//! A thousand meters on one oracle, beside a client that only prints what comes. What is measured is printed, and nothing of it
//! asserted: it is the machine's.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gridpact_client::{KeyStore, Protection};
use gridpact_e2e::{free_port, oracle_program, Broker, OracleService};
use gridpact_oracle::store::files::write_whole;
use gridpact_oracle::store::look_at;
use rumqttc::{AsyncClient, Event, EventLoop, Incoming, MqttOptions, PublishOptions, QoS};

use super::reading::LIMIT;

const METERS: usize = 1_000;
/// They send every ten seconds.
const EVERY: Duration = Duration::from_secs(10);
/// One of them after the other.
const A_MESSAGE: Duration = Duration::from_millis(10);
/// Rounds as they come, one message after the other; and rounds all at once, as after a silence.
const CALM: u64 = 2;
const AT_ONCE: u64 = 10;

/// A folder with a broker's password, a key, and a chain that does not answer: readings are kept all the same.
fn prepare(folder: &Path, broker: &Broker) {
    write_whole(&folder.join("password"), b"sesame\n").unwrap();
    KeyStore::open(folder)
        .generate("oracle", "wasm", &Protection::Plain)
        .unwrap();
    let network = format!(
        "chain_id = \"none-1\"\ngrpc = \"http://127.0.0.1:{}\"\nprefix = \"wasm\"\ngas_price = \"0.025stake\"\n",
        free_port()
    );
    std::fs::write(folder.join("net.toml"), network).unwrap();
    let mut text = format!(
        "network = \"net.toml\"\nregistry = \"wasm1registry\"\nfolder = \"data\"\n[keys]\noracle = \"oracle.mnemonic\"\n\
         [local]\nlisten = \"127.0.0.1:{}\"\n[[mqtt]]\nname = \"broker\"\nbroker = \"mqtt://127.0.0.1:{}\"\nuser = \"oracle\"\n\
         password = \"password\"\ntopics = [\n",
        free_port(),
        broker.port
    );
    for meter in 0..METERS {
        text += &format!(
            "{{ topic = \"m/{meter}\", meter = \"m{meter}\", import = \"/i\", export = \"/e\", time = \"/t\", unit = \"kWh\" }},\n"
        );
    }
    text += "]\n";
    for meter in 0..METERS {
        text += &format!("[[meters]]\nname = \"m{meter}\"\nslot = {meter}\n");
    }
    std::fs::write(folder.join("oracle.toml"), text).unwrap();
}

/// The oracle, whose syncs are counted.
struct Counted {
    service: OracleService,
    syncs: PathBuf,
    data: PathBuf,
}

impl Counted {
    fn start(folder: &Path) -> Self {
        let (library, syncs) = (folder.join("count_syncs.so"), folder.join("syncs"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broker/count_syncs.c");
        let mut compiler = Command::new("cc");
        compiler
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .arg(&library)
            .arg(source)
            .arg("-ldl");
        assert!(compiler
            .status()
            .expect("a C compiler, as the devnet needs one")
            .success());
        std::fs::write(&syncs, [0; 8]).unwrap();
        let mut command = oracle_program(folder).unwrap();
        command
            .arg("run")
            .env("LD_PRELOAD", library)
            .env("GRIDPACT_SYNCS", &syncs)
            .stdin(Stdio::null());
        Self {
            service: OracleService::spawn(command).unwrap(),
            syncs,
            data: folder.join("data"),
        }
    }

    fn syncs(&self) -> u64 {
        u64::from_ne_bytes(std::fs::read(&self.syncs).unwrap().try_into().unwrap())
    }

    fn rows(&self) -> u64 {
        let count = look_at(&self.data).and_then(|connection| {
            Ok(connection.query_row("SELECT count(*) FROM registers", [], |row| row.get(0))?)
        });
        count.unwrap_or_default()
    }

    async fn until_rows(&self, rows: u64) {
        let since = Instant::now();
        while self.rows() < rows {
            assert!(
                since.elapsed() < LIMIT,
                "expected {rows} rows, got {}",
                self.rows()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A client that prints what comes; its lines are counted.
struct Plain {
    child: Child,
    lines: Arc<AtomicU64>,
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Plain {
    fn start(broker: &Broker) -> Self {
        let mut child = broker.subscriber("m/#");
        let (output, lines) = (child.stdout.take().unwrap(), Arc::new(AtomicU64::new(0)));
        let counted = Arc::clone(&lines);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                line.unwrap();
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { child, lines }
    }

    async fn until_lines(&self, lines: u64) {
        let since = Instant::now();
        while self.lines.load(Ordering::Relaxed) < lines {
            assert!(
                since.elapsed() < LIMIT,
                "the plain client: expected {lines} messages"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The meters.
struct Meters {
    client: AsyncClient,
    events: EventLoop,
    rounds: u64,
}

impl Meters {
    fn new(port: u16) -> Self {
        let mut options = MqttOptions::new("meters", ("127.0.0.1", port));
        options.set_credentials("oracle", "sesame").set_keep_alive(30);
        let (client, events) = AsyncClient::builder(options).unbounded().build();
        Self {
            client,
            events,
            rounds: 0,
        }
    }

    async fn publish(&self, meter: usize) {
        let (at, round) = (1_780_272_000 + EVERY.as_secs() * self.rounds, self.rounds);
        let payload = format!(r#"{{"t":{at},"i":{meter}.{round:03},"e":0.5}}"#);
        let once = PublishOptions::new(QoS::AtLeastOnce);
        self.client
            .publish(format!("m/{meter}"), payload, once)
            .await
            .unwrap();
    }

    /// Waits until the broker has so many messages.
    async fn until_taken(&mut self, messages: u64) {
        let mut acknowledged = 0;
        while acknowledged < messages {
            if let Event::Incoming(Incoming::PubAck(_)) = self.events.poll().await.unwrap() {
                acknowledged += 1;
            }
        }
    }

    /// A round in ten seconds, evenly.
    async fn calmly(&mut self) {
        let since = Instant::now();
        for (at, meter) in (0..).zip(0..METERS) {
            let due = A_MESSAGE * at;
            tokio::time::sleep(due.saturating_sub(since.elapsed())).await;
            self.publish(meter).await;
            self.until_taken(1).await;
        }
        self.rounds += 1;
    }

    /// Rounds as fast as the broker takes them.
    async fn at_once(&mut self, rounds: u64) {
        for _ in 0..rounds {
            for meter in 0..METERS {
                self.publish(meter).await;
            }
            self.rounds += 1;
        }
        self.until_taken(rounds * METERS as u64).await;
    }
}

/// Most memory that a process had, MiB.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1_024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_meters_that_send_every_ten_seconds_are_kept_to_the_last_reading() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    prepare(folder.path(), &broker);
    let oracle = Counted::start(folder.path());
    let plain = Plain::start(&broker);
    // Both have subscribed when both have a first message, which comes until then.
    let since = Instant::now();
    let first = ["{\"t\":1780271000,\"i\":0,\"e\":0}".to_owned()];
    while oracle.rows() < 4 || plain.lines.load(Ordering::Relaxed) < 2 {
        assert!(since.elapsed() < LIMIT);
        for meter in [0, METERS - 1] {
            broker.publish(&format!("m/{meter}"), &first, &[]);
        }
    }
    let mut meters = Meters::new(broker.port);
    let (rows, all) = (oracle.rows(), METERS as u64);

    let (syncs, since) = (oracle.syncs(), Instant::now());
    for _ in 0..CALM {
        meters.calmly().await;
    }
    oracle.until_rows(rows + 2 * all * CALM).await;
    let calm = (since.elapsed(), oracle.syncs() - syncs);

    // What came before its first message is not counted.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let lines = plain.lines.load(Ordering::Relaxed);
    let (syncs, since) = (oracle.syncs(), Instant::now());
    let a_second = |took: Duration| u128::from(all * AT_ONCE) * 1_000 / took.as_millis().max(1);
    let (taken, kept, printed) = tokio::join!(
        async {
            meters.at_once(AT_ONCE).await;
            since.elapsed()
        },
        async {
            oracle.until_rows(rows + 2 * all * (CALM + AT_ONCE)).await;
            since.elapsed()
        },
        async {
            plain.until_lines(lines + all * AT_ONCE).await;
            since.elapsed()
        }
    );
    let syncs = oracle.syncs() - syncs;
    assert_eq!(oracle.rows(), rows + 2 * all * (CALM + AT_ONCE), "each once");
    assert!(syncs > 0 && calm.1 > 0, "what is kept is synced");
    println!(
        "\nLoad: {METERS} meters, two registers a message\n\
         every {} s, evenly   {} messages in {} ms: {} syncs of the oracle\n\
         all at once       {} messages, which the broker took in {} ms\n\
         the oracle        kept in {} ms, {} a second; {syncs} syncs, {} messages each; at most {} MiB of memory\n\
         mosquitto_sub     printed in {} ms, {} a second; at most {} MiB",
        EVERY.as_secs(),
        all * CALM,
        calm.0.as_millis(),
        calm.1,
        all * AT_ONCE,
        taken.as_millis(),
        kept.as_millis(),
        a_second(kept),
        all * AT_ONCE / syncs,
        memory(oracle.service.id()),
        printed.as_millis(),
        a_second(printed),
        memory(plain.child.id()),
    );
}
