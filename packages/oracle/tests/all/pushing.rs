//! Readings over HTTP, through real sockets.

use std::sync::Arc;
use std::time::Duration;

use gridpact_oracle::commands::token::hash;
use gridpact_oracle::config::{Config, SecretPlace, TlsFiles};
use gridpact_oracle::sample::Register;
use gridpact_oracle::sources::push::rate::Rate;
use gridpact_oracle::sources::push::server::router;
use gridpact_oracle::store::readings::samples;
use gridpact_oracle::store::Store;
use gridpact_oracle::web::listener::{acceptor, plain, secure};
use gridpact_units::UnixSeconds;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{timeout, Instant};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use super::support::{config, intake, store};

const LIMIT: Duration = Duration::from_secs(30);

fn settings(per_minute: u32) -> Config {
    config(&format!(
        "[push]\nlisten = \"127.0.0.1:0\"\n[[push.tokens]]\nname = \"gateway\"\nsha256 = \"{}\"\n\
         meters = [\"house 1\"]\nper_minute = {per_minute}\n",
        hash("sesame")
    ))
}

fn request(token: &str, body: &str) -> String {
    format!(
        "POST /v1/readings HTTP/1.1\r\nHost: oracle\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, request: &str) -> String {
    // A server that refuses early closes before all is sent: its answer counts.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let read = timeout(LIMIT, stream.read_to_end(&mut answer))
        .await
        .expect("an answer within 30 s");
    drop(read);
    String::from_utf8(answer).unwrap()
}

async fn serve(store: &Store, per_minute: u32) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(&settings(per_minute).push.unwrap().tokens, intake(store));
    let ready = plain(listener).unwrap();
    tokio::spawn(async move { axum::serve(ready, router).await });
    address
}

async fn ask(address: std::net::SocketAddr, request: &str) -> String {
    say(TcpStream::connect(address).await.unwrap(), request).await
}

fn body(meter: &str, kwh: &str) -> String {
    format!(r#"{{"readings":[{{"meter":"{meter}","at":"2026-06-01T00:00:00Z","import_kwh":{kwh}}}]}}"#)
}

async fn kept(store: &Store) -> Vec<u64> {
    let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
    let look = move |connection: &_| samples(connection, ("house 1", "gateway"), Register::Import, all);
    store
        .read(look)
        .await
        .unwrap()
        .into_iter()
        .map(|sample| sample.value)
        .collect()
}

#[tokio::test]
async fn a_sender_with_its_token_is_heard_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let address = serve(&store, 600).await;
    let good = ask(address, &request("sesame", &body("house 1", "1.5"))).await;
    assert!(
        good.starts_with("HTTP/1.1 200") && good.contains("\"new\":1"),
        "{good}"
    );
    let again = ask(address, &request("sesame", &body("house 1", "1.5"))).await;
    assert!(again.contains("\"known\":1"), "{again}");
    let other = ask(address, &request("sesame", &body("house 1", "2.5"))).await;
    assert!(other.contains("\"contradicted\":1"), "{other}");
    for (token, meter, kwh, status) in [
        ("guess", "house 1", "3", "401"),
        ("", "house 1", "3", "401"),
        ("sesame", "house 2", "3", "422"),
        ("sesame", "nobody", "3", "422"),
        ("sesame", "house 1", "-3", "422"),
    ] {
        let answer = ask(address, &request(token, &body(meter, kwh))).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{token} {meter}: {answer}"
        );
    }
    let in_url = "POST /v1/readings?token=sesame HTTP/1.1\r\nHost: o\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    assert!(ask(address, in_url).await.starts_with("HTTP/1.1 401"));
    let long = ask(address, &request("sesame", &" ".repeat(600_000))).await;
    assert!(long.is_empty() || long.starts_with("HTTP/1.1 413"), "{long}");
    assert_eq!(kept(&store).await, [1_500_000]);
}

#[tokio::test]
async fn a_sender_that_asks_too_often_waits() {
    let folder = tempfile::tempdir().unwrap();
    let address = serve(&store(folder.path()), 2).await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(ask(address, &request("sesame", &body("house 1", "1.5"))).await);
    }
    assert!(answers[0].starts_with("HTTP/1.1 200") && answers[1].starts_with("HTTP/1.1 200"));
    assert!(
        answers[2].starts_with("HTTP/1.1 429") && answers[2].contains("retry-after"),
        "{}",
        answers[2]
    );
}

#[test]
fn a_bucket_fills_evenly_and_never_above_a_minutes_worth() {
    let start = Instant::now();
    let at = |seconds: u64| start + Duration::from_secs(seconds);
    let mut rate = Rate::new(6, at(0));
    let taken = (0..10).filter(|_| rate.take(at(0)).is_ok()).count();
    assert_eq!(taken, 6);
    assert!(rate.take(at(9)).is_err());
    assert!(rate.take(at(10)).is_ok());
    assert!(rate.take(at(10)).is_err());
    let after_an_hour = (0..10).filter(|_| rate.take(at(3_610)).is_ok()).count();
    assert_eq!(after_an_hour, 6);
}

#[tokio::test]
async fn outside_it_speaks_tls_and_a_slow_handshake_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["oracle".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    gridpact_oracle::store::files::write_whole(&key, made.signing_key.serialize_pem().as_bytes()).unwrap();
    let files = TlsFiles {
        certificate: certificate.clone(),
        key: SecretPlace::File(key),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let store = store(&folder.path().join("data"));
    let router = router(&settings(60).push.unwrap().tokens, intake(&store));
    let ready = secure(listener, acceptor(&files).unwrap()).unwrap();
    tokio::spawn(async move { axum::serve(ready, router).await });
    // Connected, and silent.
    let _silent = TcpStream::connect(address).await.unwrap();
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(&certificate).unwrap())
        .unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(client));
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("oracle").unwrap();
    let stream = timeout(LIMIT, connector.connect(name, stream))
        .await
        .unwrap()
        .unwrap();
    let answer = say(stream, &request("sesame", &body("house 1", "1.5"))).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(kept(&store).await, [1_500_000]);
    // Without TLS nothing is answered.
    let plain = ask(address, &request("sesame", &body("house 1", "9"))).await;
    assert!(!plain.contains("200"), "{plain}");
}
