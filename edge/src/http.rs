//! Requests and responses as the router sees them, whatever carries them.

/// The part of a request before its body. Header values are as they were sent.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Method, in capitals.
    pub method: String,
    /// Scheme and authority, without a slash at the end.
    pub origin: String,
    /// Path as sent, percent-encoded.
    pub path: String,
    /// Query as sent, without the question mark.
    pub query: Option<String>,
    /// `Accept`.
    pub accept: Option<String>,
    /// `Accept-Language`.
    pub accept_language: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Length`.
    pub content_length: Option<usize>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}

impl Head {
    /// The whole address that was asked for.
    pub fn url(&self) -> String {
        match &self.query {
            Some(query) => format!("{}{}?{query}", self.origin, self.path),
            None => format!("{}{}", self.origin, self.path),
        }
    }

    /// Splits an absolute URL into origin, path and query.
    pub fn set_url(&mut self, url: &str) {
        let url = url.split('#').next().unwrap_or_default();
        let authority = url.find("://").map_or(0, |at| at + 3);
        let path = url[authority..].find(['/', '?']).map_or(url.len(), |at| authority + at);
        let (path_only, query) = match url[path..].split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (&url[path..], None),
        };
        self.origin = url[..path].to_owned();
        self.path = if path_only.is_empty() { "/".to_owned() } else { path_only.to_owned() };
        self.query = query;
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Status code (RFC 9110, section 15).
    pub status: u16,
    /// Headers; names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Body; empty if there is none.
    pub body: String,
}

/// Media type of JSON.
pub const JSON: &str = "application/json";

impl Response {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new() }
    }

    /// An answer with a body that may be kept by nobody.
    pub fn new(status: u16, media_type: &str, body: String) -> Self {
        Self { status, headers: Vec::new(), body }.with("content-type", media_type).with("cache-control", "no-store")
    }

    /// Sets a header, in place of an earlier one of that name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(held, _)| *held != name);
        self.headers.push((name, value.into()));
        self
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(held, _)| *held == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_split_and_put_together_again() {
        for (url, origin, path, query) in [
            ("https://e.kz/01/1/21/2?92=%2B", "https://e.kz", "/01/1/21/2", Some("92=%2B")),
            ("http://127.0.0.1:8787/v1/keys", "http://127.0.0.1:8787", "/v1/keys", None),
            ("https://e.kz/a?", "https://e.kz", "/a", Some("")),
        ] {
            let mut head = Head::default();
            head.set_url(url);
            assert_eq!((head.origin.as_str(), head.path.as_str()), (origin, path), "{url}");
            assert_eq!(head.query.as_deref(), query, "{url}");
            assert_eq!(head.url(), url);
        }
        let mut head = Head::default();
        head.set_url("https://e.kz?x#y");
        assert_eq!((head.path.as_str(), head.query.as_deref()), ("/", Some("x")));
    }
}
