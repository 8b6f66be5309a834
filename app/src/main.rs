//! The app: point the camera at a mark, learn whether it is genuine, report a violation.
//!
//! - `route` names the screens, `screens/<job>` are they, `ui/<part>` is what they are made of;
//! - `state` is what the app knows, `sync` what goes over the network;
//! - `device` is the only place that names the platform.

mod device;
mod root;
mod route;
mod screens;
mod state;
mod sync;
mod ui;

fn main() {
    device::launch(root::Root);
}
