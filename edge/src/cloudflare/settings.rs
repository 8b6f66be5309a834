//! Bindings and variables.

use crate::config::Config;
use crate::isolate::Isolate;
use std::cell::OnceCell;
use std::rc::Rc;
use worker::{Env, console_error};

/// Binding of the shared cache.
pub(super) const CACHE: &str = "PROJECTIONS";
/// Binding of the boxes.
pub(super) const BOXES: &str = "REPORTS";

thread_local! {
    static ISOLATE: OnceCell<Option<Rc<Isolate>>> = const { OnceCell::new() };
}

/// The memory of this isolate; nothing if the settings cannot be used, which is said once.
pub(super) fn isolate(env: &Env) -> Option<Rc<Isolate>> {
    ISOLATE.with(|cell| cell.get_or_init(|| read(env).map(Isolate::new).map(Rc::new)).clone())
}

fn read(env: &Env) -> Option<Config> {
    let var = |name: &str| env.var(name).ok().map(|value| value.to_string());
    let secrets = var("TANBA_SECRETS").unwrap_or_default();
    let anchor = var("TANBA_ANCHOR").unwrap_or_default();
    match Config::read(&secrets, &anchor, var("PROJECTION_SECONDS").as_deref()) {
        Ok(config) => Some(config),
        Err(error) => {
            console_error!("settings: {}", error);
            None
        }
    }
}

/// Address of the backend, without a slash at the end.
pub(super) fn backend_url(env: &Env) -> String {
    env.var("BACKEND_URL").map(|url| url.to_string().trim_end_matches('/').to_owned()).unwrap_or_default()
}
