//! A client of the public interfaces: JSON in, status and JSON out.

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use serde_json::Value;
use std::io::Read as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Media type.
    pub media_type: String,
    /// Headers, their names in small letters.
    pub headers: Vec<(String, String)>,
    /// Body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// An answer of its parts.
    pub fn new(status: u16, headers: Vec<(String, String)>, bytes: Vec<u8>) -> Self {
        let mut answer = Self { status, media_type: String::new(), headers, bytes };
        let media_type = answer.header("content-type").unwrap_or_default();
        answer.media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
        answer
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The body of a success.
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    /// Number of the refusal. Fails the test unless the answer is a problem document with a title and a way to mend it.
    pub fn refusal(self) -> u64 {
        let body = self.json();
        assert_eq!(self.media_type, "application/problem+json", "{} {body}", self.status);
        assert_eq!(body["status"], self.status, "{body}");
        for text in ["title", "detail"] {
            assert!(
                body[text]
                    .as_str()
                    .is_some_and(|text| !text.is_empty() && !text.contains("refusal-") && !text.contains("{$")),
                "{body}"
            );
        }
        body["code"]["number"].as_u64().unwrap_or_else(|| panic!("no number: {body}"))
    }
}

/// A client with one participant's key.
#[derive(Clone)]
pub struct Client {
    base: String,
    key: Option<String>,
    http: reqwest::blocking::Client,
}

impl Client {
    /// A client of the server at `base`, as the participant of `key` or as nobody.
    pub fn new(base: &str, key: Option<&str>) -> Self {
        let http =
            reqwest::blocking::Client::builder().timeout(Duration::from_secs(60)).redirect(Policy::none()).build();
        Self { base: base.to_owned(), key: key.map(str::to_owned), http: http.expect("the client can be built") }
    }

    /// Any request; transport errors are returned, as when the server is killed.
    ///
    /// # Errors
    /// What the transport says.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, reqwest::Error> {
        let method = method.parse().expect("the method is well formed");
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send()?;
        let status = response.status().as_u16();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        Ok(Answer::new(status, headers, response.bytes()?.to_vec()))
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], None).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// Asks by a body; nothing is written.
    pub fn ask(&self, path: &str, body: &Value) -> Answer {
        let body = body.to_string().into_bytes();
        let answer = self.request("POST", path, &[("content-type", "application/json")], Some(body));
        answer.unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Writes with an idempotency key of its own.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let key = format!("test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        self.post_with_key(path, body, &key)
    }

    /// Writes with the given idempotency key.
    pub fn post_with_key(&self, path: &str, body: &Value, key: &str) -> Answer {
        self.try_post(path, body, key).unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Writes; transport errors are returned.
    ///
    /// # Errors
    /// What the transport says.
    pub fn try_post(&self, path: &str, body: &Value, key: &str) -> Result<Answer, reqwest::Error> {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.request("POST", path, &headers, Some(body.to_string().into_bytes()))
    }

    /// Reads an answer of success to its end, keeping nothing; how many lines it had.
    ///
    /// # Errors
    /// What the transport says.
    pub fn count_lines(&self, path: &str) -> Result<u64, std::io::Error> {
        let request = self.http.get(format!("{}{path}", self.base));
        let request = self.key.iter().fold(request, |request, key| request.bearer_auth(key));
        let mut response =
            request.send().and_then(reqwest::blocking::Response::error_for_status).map_err(std::io::Error::other)?;
        let mut chunk = vec![0; 256 * 1024];
        let mut lines = 0;
        loop {
            let read = response.read(&mut chunk)?;
            if read == 0 {
                return Ok(lines);
            }
            lines += chunk[..read].iter().filter(|byte| **byte == b'\n').count() as u64;
        }
    }

    /// The codes of an order, as downloaded in NDJSON.
    pub fn codes(&self, order: u64) -> Vec<String> {
        let answer = self.get(&format!("/api/v1/orders/{order}/codes?format=ndjson"));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
        let lines = String::from_utf8(answer.bytes).expect("NDJSON is UTF-8");
        let code =
            |line| serde_json::from_str::<Value>(line).expect("a line is JSON")["code"].as_str().map(str::to_owned);
        lines.lines().map(|line| code(line).expect("a line has a code")).collect()
    }
}
