//! What this machine may ask: health, metrics, status.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{header, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use super::metrics;
use crate::service::Service;

/// How long the writer may take to answer: a checkpoint on a slow card takes a second.
const WRITER: Duration = Duration::from_secs(10);

/// What is answered on loopback.
pub fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/status", get(status))
        .with_state(service)
}

/// The process lives, and its writer writes.
async fn health(State(service): State<Arc<Service>>) -> Response {
    match service.store().writer().ping(WRITER).await {
        Some(_) => (StatusCode::OK, "ok\n").into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, "the writer does not answer\n").into_response(),
    }
}

/// All is as it should be, or why not.
async fn ready(State(service): State<Arc<Service>>) -> Response {
    let troubles = service.troubles().await;
    if troubles.is_empty() {
        return (StatusCode::OK, "ready\n").into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, troubles.join("\n") + "\n").into_response()
}

async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    match service.status().await {
        Ok(status) => (kind, metrics::text(&status, &service.tally().counts())).into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}

async fn status(State(service): State<Arc<Service>>) -> Response {
    match service.status().await {
        Ok(status) => Json(status).into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}
