//! Patterns that can be decided without a regular expression: plain characters, with or without
//! `^` and `$`.

/// Characters that mean something in a regular expression.
const SPECIAL: &str = r"\^$.|?*+()[]{}";

/// Says whether a text fits a pattern. `None` where that takes a regular expression.
pub(super) fn fits(pattern: &str, text: &str) -> Option<bool> {
    if matches!(pattern, "" | "^" | "$" | ".*" | "^.*") {
        return Some(true);
    }
    let from_start = pattern.strip_prefix('^');
    let rest = from_start.unwrap_or(pattern);
    let to_end = rest.strip_suffix('$');
    let plain = to_end.unwrap_or(rest);
    if plain.contains(|c| SPECIAL.contains(c)) {
        return None;
    }
    Some(match (from_start.is_some(), to_end.is_some()) {
        (true, true) => text == plain,
        (true, false) => text.starts_with(plain),
        (false, true) => text.ends_with(plain),
        (false, false) => text.contains(plain),
    })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn decides_plain_patterns() {
        let check = |pattern: &str, text: &str, expected| {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        };
        check("", "a", Some(true));
        check(".*", "a\nb", Some(true));
        check("b", "abc", Some(true));
        check("b", "ac", Some(false));
        check("^x-", "x-a", Some(true));
        check("^x-", "ax-", Some(false));
        check("_id$", "user_id", Some(true));
        check("_id$", "user_ids", Some(false));
        check("^a$", "a", Some(true));
        check("^a$", "ab", Some(false));
        check("^$", "", Some(true));
        check("^$", "a", Some(false));
        for pattern in [
            "[a-z]", "a.b", "^.*$", "a|b", r"\d", "a$b", "a^", "a+", "(a",
        ] {
            check(pattern, "a", None);
        }
    }
}
