//! "Did you mean".

/// As long as a word may be that somebody mistyped; comparing takes time in proportion to both lengths.
const LONGEST: usize = 255;

/// Returns the known word that is nearest to a mistyped one, if it is near enough; of several the
/// first.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .filter(|word| typed.len() <= LONGEST && word.len() <= LONGEST)
        .map(|word| (strsim::damerau_levenshtein(typed, word), word))
        .filter(|(distance, word)| *distance * 3 <= word.chars().count().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_word_that_was_meant() {
        let known = ["production", "staging"];
        assert_eq!(nearest("prodution", known), Some("production"));
        assert_eq!(nearest("stagign", known), Some("staging"));
        assert_eq!(nearest("canary", known), None);
        let long = "x".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}
