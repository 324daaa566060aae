//! A dotprompt document: YAML front matter between two `---` lines, then a Handlebars body.
//!
//! The split is that of google/dotprompt: blank lines and `#` comments may stand before the first
//! `---`; the body of a document with front matter is trimmed, that of one without is not. As a
//! partial a document is its whole body: what another template includes keeps its line ends.

use std::ops::Range;

use super::fault::Fault;
use super::front_matter;
pub use super::front_matter::Metadata;
use super::template::is_space;

/// The most bytes of front matter.
pub const FRONT_MATTER_BYTES: usize = 64 * 1024;

/// The most bytes of body, unless the settings say otherwise.
pub const BODY_BYTES: usize = 256 * 1024;

/// The most bytes that front matter and body may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the front matter.
    pub front_matter_bytes: usize,
    /// Of the body.
    pub template_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            front_matter_bytes: FRONT_MATTER_BYTES,
            template_bytes: BODY_BYTES,
        }
    }
}

/// A document that was read without a fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Where the template stands in it, trimmed as dotprompt does.
    pub body: Range<usize>,
    /// Where everything behind the front matter begins.
    pub body_start: usize,
    /// Whether there is front matter.
    pub has_front_matter: bool,
    /// What the front matter says.
    pub metadata: Metadata,
}

impl<'a> Document<'a> {
    /// Reads a document. The text has LF line ends; see [`normalized`].
    pub fn parse(text: &'a str, limits: Limits) -> Result<Self, Vec<Fault>> {
        let mut faults = find_conflict_markers(text);
        if text.starts_with('\u{feff}') {
            let message = "the file begins with a byte order mark, which hides the front matter";
            faults.push(
                Fault::new("byte-order-mark", 0..3, message).hint("save it as UTF-8 without one"),
            );
        }
        let split = match split(text) {
            Ok(split) => split,
            Err(fault) => {
                faults.push(fault);
                return Err(faults);
            }
        };
        check_sizes(&split, limits, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let metadata = match &split.front_matter {
            Some(range) => Metadata::parse(text, range, &mut faults),
            None => Metadata::default(),
        };
        if faults.is_empty() {
            Ok(Self {
                text,
                body: split.body,
                body_start: split.body_start,
                has_front_matter: split.front_matter.is_some(),
                metadata,
            })
        } else {
            Err(faults)
        }
    }

    /// Returns the template.
    #[must_use]
    pub fn template(&self) -> &'a str {
        &self.text[self.body.clone()]
    }
}

/// Where the parts of a document stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML, without the two `---` lines.
    pub front_matter: Option<Range<usize>>,
    /// The template, trimmed if there is front matter.
    pub body: Range<usize>,
    /// Where everything behind the front matter begins.
    pub body_start: usize,
}

/// Finds front matter and body.
pub fn split(text: &str) -> Result<Split, Fault> {
    let Some(opener) = find_opener(text) else {
        let body = 0..text.len();
        return Ok(Split {
            front_matter: None,
            body,
            body_start: 0,
        });
    };
    let mut at = opener.end;
    for line in text[opener.end..].split_inclusive('\n') {
        if line.trim_end() == "---" && line.ends_with('\n') {
            if text[opener.end..at].trim_end_matches('\n').is_empty() {
                let message = "the front matter is empty, which dotprompt sends to the model; \
                               delete both `---` lines";
                return Err(Fault::new("invalid-yaml", opener.start..at, message));
            }
            return Ok(Split {
                front_matter: Some(opener.end..at - 1),
                body: trimmed(text, at + line.len()),
                body_start: at + line.len(),
            });
        }
        at += line.len();
    }
    Err(Fault::new(
        "unclosed-front-matter",
        opener.start..opener.start + 3,
        "the front matter opened here is never closed",
    )
    .hint("add a line `---` between the front matter and the prompt's text"))
}

/// Returns the bytes that are published: LF line ends, everything else as the author gave it.
#[must_use]
pub fn normalized(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Returns a document with the front matter of one and the body of another. The front matter keeps
/// its bytes.
pub fn with_body(base: &str, body: &str) -> Result<String, Fault> {
    let kept = match split(base)?.front_matter {
        Some(range) => {
            let closer = &base[range.end + 1..];
            range.end
                + 1
                + closer
                    .find('\n')
                    .map_or(closer.len(), |newline| newline + 1)
        }
        None => 0,
    };
    Ok(format!("{}{body}", &base[..kept]))
}

fn find_opener(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "---" && line.ends_with('\n') {
            return Some(at..at + line.len());
        }
        let is_skipped = line.starts_with('#') || line.trim_matches([' ', '\t', '\n']).is_empty();
        if !is_skipped {
            return None;
        }
        at += line.len();
    }
    None
}

fn trimmed(text: &str, start: usize) -> Range<usize> {
    let body = &text[start..];
    let rest = body.trim_start_matches(is_space);
    if rest.is_empty() {
        return start..start;
    }
    let start = start + body.len() - rest.len();
    start..start + rest.trim_end_matches(is_space).len()
}

impl Document<'_> {
    /// Finds the fault of a body without text.
    #[must_use]
    pub fn blank_body(&self) -> Option<Fault> {
        let end = self.body.start..self.body.start;
        let is_blank = self.template().trim().is_empty();
        is_blank.then(|| Fault::new("empty-body", end, "the body is blank"))
    }
}

/// Finds where a key of the front matter stands; the body begins at `body_start`.
#[must_use]
pub fn find_key(text: &str, body_start: usize, key: &str) -> Range<usize> {
    front_matter::find_key(text, &(0..body_start), key)
}

/// Tells whether git left a merge in the text for people to finish.
#[must_use]
pub fn has_conflict_markers(text: &str) -> bool {
    !find_conflict_markers(text).is_empty()
}

fn find_conflict_markers(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if ["<<<<<<< ", "||||||| ", ">>>>>>> "]
            .iter()
            .any(|marker| line.starts_with(marker))
        {
            let message = "a conflict marker of git stands here";
            let span = at..at + line.trim_end().len();
            faults.push(
                Fault::new("conflict-marker", span, message)
                    .hint("edit the file: keep what should stay and delete the marker lines"),
            );
        }
        at += line.len();
    }
    faults
}

fn check_sizes(split: &Split, limits: Limits, faults: &mut Vec<Fault>) {
    let front_matter = split.front_matter.clone().unwrap_or(0..0);
    for (what, range, limit, setting) in [
        (
            "front matter",
            front_matter,
            limits.front_matter_bytes,
            "front-matter-bytes",
        ),
        (
            "body",
            split.body.clone(),
            limits.template_bytes,
            "template-bytes",
        ),
    ] {
        if range.len() > limit {
            let message = format!("the {what} has {} bytes; the limit is {limit}", range.len());
            faults.push(
                Fault::new("file-too-large", range.start..range.start, message)
                    .hint(format!("`[limits] {setting}` in promptctl.toml sets it")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Limits, normalized, with_body};

    fn faults(text: &str) -> Vec<(&'static str, usize)> {
        Document::parse(text, Limits::default())
            .unwrap_err()
            .into_iter()
            .map(|fault| (fault.rule, fault.span.start))
            .collect()
    }

    fn template(text: &str) -> &str {
        Document::parse(text, Limits::default()).unwrap().template()
    }

    #[test]
    fn splits_as_dotprompt_does() {
        assert_eq!(template("---\nmodel: m\n---\n\nHello\n"), "Hello");
        assert_eq!(template("# licence\n\n---\nmodel: m\n---\nHello"), "Hello");
        assert_eq!(template("Hello\n---\nWorld\n"), "Hello\n---\nWorld\n");
        assert_eq!(template("---\nmodel: m\n---  \nA\n---\nB"), "A\n---\nB");
    }

    #[test]
    fn says_where_front_matter_is_wrong() {
        assert_eq!(
            faults("---\nmodel: m\nHello"),
            [("unclosed-front-matter", 0)]
        );
        assert_eq!(faults("---\n---\nHello"), [("invalid-yaml", 0)]);
        assert_eq!(faults("---\na: [\n---\nHello")[0].0, "invalid-yaml");
        assert_eq!(faults("---\na: 1\na: 2\n---\nHello")[0].0, "duplicate-key");
        assert_eq!(faults("---\nmodel: 3\n---\nHello"), [("wrong-key-type", 4)]);
        assert_eq!(faults("---\n- a\n---\nHello")[0].0, "invalid-yaml");
        let blank = Document::parse("---\nmodel: m\n---\n \n", Limits::default()).unwrap();
        assert_eq!(
            blank.blank_body().map(|fault| fault.rule),
            Some("empty-body")
        );
    }

    #[test]
    fn finds_conflict_markers_and_nothing_that_only_looks_like_one() {
        assert_eq!(
            faults("Hello\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"),
            [("conflict-marker", 6), ("conflict-marker", 31)]
        );
        assert_eq!(template("Title\n=======\n"), "Title\n=======\n");
    }

    #[test]
    fn refuses_what_is_too_large() {
        let large = "x".repeat(256 * 1024 + 1);
        assert_eq!(faults(&large), [("file-too-large", 0)]);
    }

    #[test]
    fn reads_what_promptctl_acts_on() {
        let text = "---\npromptctl.tags: [a, b]\npromptctl.partials: {tone: shared/tone@^1}\n\
                    promptctl.examples: {one: {x: 1}}\ninput:\n  default: {y: 2}\n---\n{{x}}";
        let metadata = Document::parse(text, Limits::default()).unwrap().metadata;
        assert_eq!(metadata.tags, ["a", "b"]);
        assert_eq!(metadata.partials["tone"].to_string(), "shared/tone@^1");
        assert_eq!(metadata.examples["one"]["x"], 1);
        assert_eq!(metadata.input_default["y"], 2);
    }

    #[test]
    fn replaces_the_body_and_keeps_the_front_matter() {
        let base = "---\nmodel:   m # why\n---\nOld\n";
        assert_eq!(
            with_body(base, "New\n").unwrap(),
            "---\nmodel:   m # why\n---\nNew\n"
        );
        assert_eq!(with_body("Old\n", "New\n").unwrap(), "New\n");
    }

    #[test]
    fn changes_line_ends_and_nothing_else() {
        assert_eq!(normalized("a\r\nb\rc\n"), "a\nb\rc\n");
    }
}
