//! `Accept`: which of the forms on offer a client likes best (RFC 9110, section 12.5.1).

/// The media type of `offers` with the highest quality; the first of equals, and the first of all if none is acceptable
/// (the section allows an answer in a form that was not asked for).
pub(crate) fn best<'a>(accept: Option<&str>, offers: &[&'a str]) -> &'a str {
    let accept = accept.map(str::trim).filter(|text| !text.is_empty()).unwrap_or("*/*");
    let mut best = (0, offers.first().copied().unwrap_or_default());
    for offer in offers {
        let quality = quality_of(accept, offer);
        if quality > best.0 {
            best = (quality, offer);
        }
    }
    best.1
}

/// Quality in thousandths by the most specific range that matches.
fn quality_of(accept: &str, offer: &str) -> u16 {
    let kind = offer.split('/').next().unwrap_or_default();
    let mut found = (0, 0);
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let rank = match name {
            "*/*" => 1,
            name if name.eq_ignore_ascii_case(offer) => 3,
            name if name.strip_suffix("/*").is_some_and(|name| name.eq_ignore_ascii_case(kind)) => 2,
            _ => continue,
        };
        let quality =
            parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))).map_or(1000, thousandths);
        if rank > found.0 {
            found = (rank, quality);
        }
    }
    found.1
}

/// `0.8` is 800; what is no number is nothing.
fn thousandths(text: &str) -> u16 {
    let quality = text.trim().parse::<f32>().unwrap_or(0.0);
    // The range fits; NaN becomes 0.
    (quality.clamp(0.0, 1.0) * 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_is_liked_best_is_chosen() {
        let offers = ["application/json", "text/html", "application/linkset+json"];
        for (accept, chosen) in [
            (None, 0),
            (Some(""), 0),
            (Some("*/*"), 0),
            (Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), 1),
            (Some("application/linkset+json"), 2),
            (Some("text/*;q=0.5, application/json;q=0.4"), 1),
            (Some("application/json;q=0, */*"), 1),
            (Some("image/png"), 0),
            (Some("application/json;q=nan, TEXT/HTML;q=0.1"), 1),
            (Some(";;,,/;q=,*/*;q=-1"), 0),
        ] {
            assert_eq!(best(accept, &offers), offers[chosen], "{accept:?}");
        }
    }
}
