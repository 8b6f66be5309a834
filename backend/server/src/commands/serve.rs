//! `tanba serve`.

use std::future::IntoFuture as _;
use std::path::Path;

use anyhow::{Context, Result};
use backend_api::Api;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{party, runtime};
use crate::clock;
use crate::config::data::Data;
use crate::config::http::Http;
use crate::config::log::Log;
use crate::control::Control;
use crate::keys::KeyFile;
use crate::sweep::Sweeper;

/// Serves until the process is told to stop.
pub(super) fn run(data: &Data, http: &Http, demo_accounts: Option<&Path>) -> Result<()> {
    Log::from_env()?.start()?;
    let folder = data.open()?;
    let _lock = folder.lock()?;
    let keys = KeyFile::open_or_create(&folder.keys(), clock::now_seconds())?;
    let keyring = keys.keyring()?;
    drop(keys);
    let store = data.store(&folder).context("cannot open the database")?;
    if let Some(path) = demo_accounts {
        party::demo_accounts(&folder, &store)?.write(path)?;
    }
    let control = Control::listen(&folder.control(), store.clone())?;
    let sweeper = Sweeper::start(store.clone())?;
    let app = backend_api::router(Api::new(store, keyring, clock::now));
    runtime()?.block_on(serve(app, http))?;
    sweeper.stop();
    control.stop();
    tracing::info!("stopped");
    Ok(())
}

async fn serve(app: axum::Router, http: &Http) -> Result<()> {
    // Before the first request: a signal that comes early is not lost.
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let listener = TcpListener::bind(http.listen).await.with_context(|| format!("cannot listen on {}", http.listen))?;
    tracing::info!(address = %listener.local_addr()?, "serving");

    let (stop, stopped) = oneshot::channel::<()>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        // An error means that the other end is gone, which is a wish to stop as well.
        let _ = stopped.await;
    });
    let mut serving = tokio::spawn(serving.into_future());
    tokio::select! {
        ended = &mut serving => return ended?.context("the server ended by itself"),
        _ = terminate.recv() => tracing::info!("SIGTERM: stopping"),
        _ = interrupt.recv() => tracing::info!("SIGINT: stopping"),
    }
    let _ = stop.send(());
    match timeout(http.grace, &mut serving).await {
        Ok(ended) => ended?.context("the server did not end well"),
        Err(_) => {
            serving.abort();
            tracing::warn!("requests under way took too long and were cut off");
            Ok(())
        }
    }
}
