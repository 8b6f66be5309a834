//! Signature of requests between edge and backend: HMAC-SHA-256 under a key that only they know.
//!
//! Header `Tanba-Signature: t=<unix seconds>,s=<64 hex digits>` over method, path with query, time and body. A request
//! is accepted within [`WINDOW_SECONDS`] of its time; all of them may be repeated without effect, so a replay within
//! the window gains nothing.

use core::fmt::Write as _;

/// Name of the header.
pub const HEADER: &str = "tanba-signature";

/// Largest difference between the two clocks, in seconds.
pub const WINDOW_SECONDS: i64 = 300;

fn digest(key: &[u8], method: &str, target: &str, at: i64, body: &[u8]) -> [u8; 32] {
    // Method and target hold no line feed, so the fields cannot run into each other.
    let mut message = format!("{method}\n{target}\n{at}\n").into_bytes();
    message.extend_from_slice(body);
    seal::hmac_sha256(key, &message)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The header's value for a request made `at` (unix seconds). `target` is path and query as sent.
pub fn sign(key: &[u8], method: &str, target: &str, at: i64, body: &[u8]) -> String {
    format!("t={at},s={}", hex(&digest(key, method, target, at, body)))
}

/// Whether the header's value signs this request and its time is near `now` (unix seconds).
pub fn verify(key: &[u8], method: &str, target: &str, body: &[u8], header: &str, now: i64) -> bool {
    let Some((at, signature)) = header.strip_prefix("t=").and_then(|rest| rest.split_once(",s=")) else {
        return false;
    };
    let Ok(at) = at.parse::<i64>() else {
        return false;
    };
    let expected = hex(&digest(key, method, target, at, body));
    seal::constant_time_eq(expected.as_bytes(), signature.as_bytes()) && now.abs_diff(at) <= WINDOW_SECONDS as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_request_that_was_signed_is_accepted() {
        let header = sign(b"key", "GET", "/edge/v1/keys", 1_000, b"");
        assert!(verify(b"key", "GET", "/edge/v1/keys", b"", &header, 1_000));
        assert!(verify(b"key", "GET", "/edge/v1/keys", b"", &header, 1_300));
        for (key, method, target, body, now) in [
            (&b"kez"[..], "GET", "/edge/v1/keys", &b""[..], 1_000),
            (b"key", "POST", "/edge/v1/keys", b"", 1_000),
            (b"key", "GET", "/edge/v1/key", b"", 1_000),
            (b"key", "GET", "/edge/v1/keys", b"x", 1_000),
            (b"key", "GET", "/edge/v1/keys", b"", 1_301),
            (b"key", "GET", "/edge/v1/keys", b"", 699),
        ] {
            assert!(!verify(key, method, target, body, &header, now), "{method} {target} {now}");
        }
        for malformed in ["", "t=", "t=1000", "t=x,s=", &header[1..], "t=99999999999999999999,s=00"] {
            assert!(!verify(b"key", "GET", "/edge/v1/keys", b"", malformed, 1_000), "{malformed}");
        }
    }
}
