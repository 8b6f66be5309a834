//! The network: the service that this program belongs to, and no other.

use super::{Reply, Unavailable, patience};
use reqwest::{Certificate, Client, Url, header, redirect};
use std::sync::LazyLock;
use std::time::Duration;

/// Address of the service, as it was when the program was built; a computer may name another.
static SITE: LazyLock<Option<Url>> = LazyLock::new(|| {
    let built = option_env!("TANBA_URL").map(ToOwned::to_owned);
    let named =
        if cfg!(any(target_os = "android", target_os = "ios")) { None } else { std::env::var("TANBA_URL").ok() };
    Url::parse(&named.or(built)?).ok()
});

static CLIENT: LazyLock<Option<Client>> = LazyLock::new(|| {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    let roots = roots.iter().filter_map(|der| Certificate::from_der(der).ok());
    Client::builder().tls_certs_only(roots).redirect(redirect::Policy::none()).build().ok()
});

/// Asks.
pub(crate) async fn get(path: &str, language: &str) -> Result<Reply, Unavailable> {
    send(path, language, None).await
}

/// Tells; answers with what the other side says.
pub(crate) async fn post(path: &str, language: &str, json: String) -> Result<Reply, Unavailable> {
    send(path, language, Some(json)).await
}

async fn send(path: &str, language: &str, json: Option<String>) -> Result<Reply, Unavailable> {
    let patience = Duration::from_millis(patience(json.as_deref()).into());
    let url = SITE.as_ref().ok_or(Unavailable)?.join(path).map_err(|_| Unavailable)?;
    let client = CLIENT.as_ref().ok_or(Unavailable)?;
    let request = match json {
        None => client.get(url),
        Some(json) => client.post(url).header(header::CONTENT_TYPE, "application/json").body(json),
    };
    let request = request.header(header::ACCEPT, "application/json").header(header::ACCEPT_LANGUAGE, language);
    let response = request.timeout(patience).send().await.map_err(|_| Unavailable)?;
    let status = response.status().as_u16();
    let body = response.text().await.map_err(|_| Unavailable)?;
    Ok(Reply { status, body })
}
