//! Larger things kept by name: IndexedDB, one store of texts.

use super::Unavailable;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "tanba";
const STORE: &str = "outbox";

/// Keeps a text under a name.
pub(crate) async fn put(name: &str, value: &str) -> Result<(), Unavailable> {
    let store = open_store(IdbTransactionMode::Readwrite).await?;
    settled(&store.put_with_key(&value.into(), &name.into())?).await?;
    Ok(())
}

/// Every text kept, in the order of names.
pub(crate) async fn all() -> Result<Vec<String>, Unavailable> {
    let store = open_store(IdbTransactionMode::Readonly).await?;
    let values = settled(&store.get_all()?).await?;
    Ok(js_sys::Array::from(&values).iter().filter_map(|value| value.as_string()).collect())
}

/// Forgets a name.
pub(crate) async fn remove(name: &str) -> Result<(), Unavailable> {
    let store = open_store(IdbTransactionMode::Readwrite).await?;
    settled(&store.delete(&name.into())?).await?;
    Ok(())
}

async fn open_store(mode: IdbTransactionMode) -> Result<IdbObjectStore, Unavailable> {
    let factory = super::window()?.indexed_db()?.ok_or(Unavailable)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let making = request.clone();
    let make = Closure::once_into_js(move || {
        if let Ok(database) = making.result().and_then(|result| result.dyn_into::<IdbDatabase>()) {
            // Fails only if the store is there already.
            let _ = database.create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = settled(&request).await?.dyn_into()?;
    Ok(database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)?)
}

/// The result of a request, once it is there.
async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let mut on = |resolve: Function, reject: Function| {
        let done = request.clone();
        let success = Closure::once_into_js(move || {
            let result = done.result().unwrap_or(JsValue::UNDEFINED);
            // Calling a promise's own function does not throw.
            let _ = resolve.call1(&JsValue::NULL, &result);
        });
        request.set_onsuccess(Some(success.unchecked_ref()));
        request.set_onerror(Some(&reject));
    };
    JsFuture::from(Promise::new(&mut on)).await
}
