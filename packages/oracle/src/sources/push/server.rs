//! The listener for senders.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{to_bytes, Body};
use axum::extract::{Request, State};
use axum::http::{header, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::time::{timeout, Instant};

use super::body::arrivals;
use super::rate::Rate;
use crate::bounds::MAX_PUSH;
use crate::config::PushToken;
use crate::intake::Intake;
use crate::tally::Outcome;

/// How long a body may take.
const BODY: Duration = Duration::from_secs(20);

/// Somebody who may send.
struct Holder {
    name: String,
    hash: [u8; 32],
    meters: Vec<String>,
    rate: Mutex<Rate>,
}

struct Shared {
    holders: Vec<Holder>,
    intake: Intake,
}

/// What is answered on the senders' listener.
pub fn router(tokens: &[PushToken], intake: Intake) -> Router {
    let holder = |token: &PushToken| Holder {
        name: token.name.get_ref().clone(),
        hash: token.sha256.0,
        meters: token.meters.iter().map(|meter| meter.get_ref().clone()).collect(),
        rate: Mutex::new(Rate::new(token.per_minute, Instant::now())),
    };
    let holders = tokens.iter().map(holder).collect();
    let shared = Arc::new(Shared { holders, intake });
    Router::new()
        .route("/v1/readings", post(readings))
        .with_state(shared)
}

async fn readings(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let Some(holder) = holder(&shared.holders, request.headers()) else {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
        let told = "expected the header `Authorization: Bearer TOKEN` with a token of this oracle\n";
        return (StatusCode::UNAUTHORIZED, challenge, told).into_response();
    };
    let taken = holder
        .rate
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take(Instant::now());
    if let Err(wait) = taken {
        let seconds = wait.as_secs().saturating_add(1);
        let after = [(header::RETRY_AFTER, seconds.to_string())];
        return (StatusCode::TOO_MANY_REQUESTS, after, "too many requests\n").into_response();
    }
    match timeout(BODY, take(&shared.intake, holder, request.into_body())).await {
        Ok(answer) => answer,
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT, "expected the whole body within 20 s"),
    }
}

async fn take(intake: &Intake, holder: &Holder, body: Body) -> Response {
    let Ok(bytes) = to_bytes(body, MAX_PUSH).await else {
        let told = format!("expected a body of at most {MAX_PUSH} bytes");
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, &told);
    };
    let arrivals = match arrivals(&bytes, &holder.meters) {
        Ok(arrivals) => arrivals,
        Err(error) => {
            intake.tally().count(&holder.name, Outcome::Unreadable, 1);
            intake.tally().unreadable(&holder.name, &error.to_string());
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string());
        }
    };
    intake.tally().up(&holder.name);
    let count: usize = arrivals.iter().map(|arrival| arrival.samples.len()).sum();
    match intake.take(&holder.name, arrivals).await {
        Ok(stored) => {
            let all = stored
                .new
                .saturating_add(stored.known)
                .saturating_add(stored.other);
            let bad_time = (count as u64).saturating_sub(all);
            let told = json!({
                "new": stored.new, "known": stored.known, "contradicted": stored.other, "bad_time": bad_time,
            });
            (StatusCode::OK, Json(told)).into_response()
        }
        // It must be sent again.
        Err(error) => refuse(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
    }
}

fn refuse(status: StatusCode, told: &str) -> Response {
    (status, format!("{told}\n")).into_response()
}

/// Whose token a request has. Every hash is compared, each to its end.
fn holder<'a>(holders: &'a [Holder], headers: &HeaderMap) -> Option<&'a Holder> {
    let token = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")?;
    let hash: [u8; 32] = Sha256::digest(token.trim()).into();
    let mut found = None;
    for holder in holders {
        let differing = holder
            .hash
            .iter()
            .zip(&hash)
            .fold(0_u8, |all, (one, other)| all | (one ^ other));
        if differing == 0 {
            found = Some(holder);
        }
    }
    found
}
