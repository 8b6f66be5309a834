//! Two processes on one folder: the second is told so, and changes nothing.

use backend_store::{Settings, Store, StoreError};
use std::process::Command;
use tests::backend::{Backend, Who};
use tests::facts;
use tests::ledger::variant::when_free;
use tests::place::{Folder, free_port, tanba};

#[test]
fn a_second_server_is_refused() {
    let mut backend = Backend::start("two");
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 10);
    let listen = format!("127.0.0.1:{}", free_port());
    let output = Command::new(tanba()).args(["serve", "--listen", &listen, "--data"]).arg(backend.data()).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let holder = format!("the data folder is in use by process {}", backend.server().id());
    assert!(!output.status.success() && said.contains(&holder), "{said}");
    // The first goes on, and whoever comes after it finds everything.
    producer.apply(&facts::whole(order));
    backend.kill();
    backend.resume();
    assert_eq!(backend.client(Who::Producer).codes(order).len(), 10);
}

#[test]
fn a_second_store_is_refused() {
    let folder = Folder::new("two");
    let path = folder.path().join("ledger.sqlite");
    let first = Store::open(&path).unwrap();
    let second = Store::open_with(&path, Settings::default()).map(|_| ());
    assert!(matches!(second, Err(StoreError::InUse)), "{second:?}");
    assert_eq!(StoreError::InUse.to_string(), "the database is in use by another process");
    drop(first);
    when_free(|| Store::open(&path)).unwrap();
}
