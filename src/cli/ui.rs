//! What is printed, and how: streams, formats, styles.
//!
//! Data goes to standard output, everything else to standard error. Meanings have names here; the
//! colours for them do not leave this file.

use std::fmt::{self, Display};
use std::io::{self, Write};

use anstream::AutoStream;
use clap::ValueEnum;
use owo_colors::{OwoColorize, Style};
use serde::Serialize;

use super::Global;
use super::env::Environment;
use crate::ops::Error;
use crate::ops::rules::{Finding, Severity};

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For machines: one documented object
    Json,
    /// A page (log)
    Markdown,
    /// Message by message (render)
    Messages,
    /// The answer of a dotprompt runtime, as JSON (render)
    Dotprompt,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On terminals, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// As it is.
    Plain,
    /// A name.
    Name,
    /// A heading.
    Heading,
    /// Of less importance.
    Dim,
    /// Good.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
    /// Only in the new text.
    Added,
    /// Only in the old text.
    Removed,
    /// The words that were added.
    AddedWords,
    /// The words that were removed.
    RemovedWords,
}

/// The two streams and how to write to them.
pub(super) struct Ui {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    format: Option<Format>,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
    is_terminal: bool,
}

impl Ui {
    pub(super) fn new(global: &Global) -> Self {
        Self {
            out: AutoStream::new(io::stdout(), global.color.of(&io::stdout())),
            err: AutoStream::new(io::stderr(), global.color.of(&io::stderr())),
            format: global.format,
            quiet: global.quiet,
            verbose: global.verbose,
            is_terminal: Environment::is_terminal(),
        }
    }

    /// For errors in the arguments, before anything is known of them.
    pub(super) fn of_errors(is_json: bool) -> Self {
        Self {
            out: AutoStream::auto(io::stdout()),
            err: AutoStream::auto(io::stderr()),
            format: is_json.then_some(Format::Json),
            quiet: false,
            verbose: false,
            is_terminal: Environment::is_terminal(),
        }
    }

    /// The format that was asked for, which must be among those that the command has.
    pub(super) fn format(&self, known: &[Format]) -> Result<Format, Error> {
        let Some(format) = self.format else {
            return Ok(Format::Text);
        };
        if known.contains(&format) {
            return Ok(format);
        }
        let names: Vec<String> = known
            .iter()
            .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
            .collect();
        Err(Error::new(
            crate::ops::ErrorKind::Invalid,
            "this command does not print in that format",
        )
        .hint(format!("its formats are {}", names.join(", "))))
    }

    /// Whether a format was asked for.
    pub(super) fn has_format(&self) -> bool {
        self.format.is_some()
    }

    /// Prints the one JSON object of a command.
    pub(super) fn json(&mut self, schema: &'static str, value: &impl Serialize) -> io::Result<()> {
        self.object(&WithSchema { schema, value })
    }

    /// Prints an object whose members somebody else defines.
    pub(super) fn object(&mut self, object: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(object).map_err(io::Error::other)?;
        writeln!(self.out, "{text}")
    }

    /// Prints a line of data.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Prints the text of a prompt: every byte of it, but for what a terminal would obey.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.flush()?;
        let text = self.safe(text);
        let mut out = self.out.as_inner();
        out.write_all(text.as_bytes())
    }

    /// Prints lines that end with their own newline.
    pub(super) fn styled_lines(&mut self, lines: impl Display) -> io::Result<()> {
        write!(self.out, "{lines}")
    }

    /// Prints a word about what was done; `--quiet` leaves it out.
    pub(super) fn say(&mut self, line: impl Display) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.line(line) }
    }

    /// Prints a remark beside the data.
    pub(super) fn note(&mut self, line: impl Display) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        writeln!(self.err, "{line}")
    }

    /// Prints what should be known although all went well.
    ///
    /// An error for machines is one object alone on standard error.
    pub(super) fn warn(&mut self, warning: &str, has_failed: bool) -> io::Result<()> {
        if self.format == Some(Format::Json) && has_failed {
            return Ok(());
        }
        writeln!(self.err, "{} {warning}", styled("warning:", Mood::Warning))
    }

    /// Prints what helps.
    pub(super) fn hint(&mut self, hint: &str) -> io::Result<()> {
        writeln!(self.err, "{} {hint}", styled("hint:", Mood::Name))
    }

    /// Prints why a command did not do what it was asked.
    pub(super) fn error(&mut self, error: &Error, retryable: bool) -> io::Result<()> {
        if self.format == Some(Format::Json) {
            let object = WithSchema {
                schema: "promptctl.error.v1",
                value: &ErrorObject::of(error, retryable),
            };
            let text = serde_json::to_string(&object).map_err(io::Error::other)?;
            return writeln!(self.err, "{text}");
        }
        writeln!(
            self.err,
            "{} {}",
            styled("error:", Mood::Bad),
            self.safe(error.message())
        )?;
        for context in error.contexts() {
            writeln!(self.err, "  {context}")?;
        }
        // The first finding is what the error itself says.
        let (first, others) = match error.all_findings() {
            [] => (None, [].as_slice()),
            [first, others @ ..] => (Some(first), others),
        };
        if let Some(first) = first {
            write!(self.err, "{}", snippet(first))?;
        }
        error.hint_text().map_or(Ok(()), |hint| self.hint(hint))?;
        for finding in others {
            let message = self.safe(&finding.message).into_owned();
            writeln!(self.err, "{} {message}", styled("also:", Mood::Bad))?;
            write!(self.err, "{}", snippet(finding))?;
            finding
                .hint
                .as_ref()
                .map_or(Ok(()), |hint| self.hint(hint))?;
        }
        Ok(())
    }

    /// Text of a prompt as a terminal may see it: control characters would be obeyed there.
    pub(super) fn safe<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        let is_harmful = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if !self.is_terminal || !text.contains(is_harmful) {
            return text.into();
        }
        text.chars()
            .flat_map(|c| {
                let escaped = is_harmful(c).then(|| c.escape_unicode());
                let plain = escaped.is_none().then_some(c);
                escaped.into_iter().flatten().chain(plain)
            })
            .collect::<String>()
            .into()
    }

    /// Prints rows in columns; the last column is as long as it is.
    pub(super) fn columns(&mut self, rows: &[Vec<(String, Mood)>]) -> io::Result<()> {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            for (place, (text, _)) in row.iter().enumerate() {
                let width = text.chars().count();
                match widths.get_mut(place) {
                    Some(widest) => *widest = width.max(*widest),
                    None => widths.push(width),
                }
            }
        }
        for row in rows {
            let mut line = String::new();
            let last = row
                .iter()
                .rposition(|(text, _)| !text.is_empty())
                .unwrap_or(0);
            for (place, (text, mood)) in row.iter().enumerate().take(last + 1) {
                line.push_str(&styled(text, *mood).to_string());
                if place < last {
                    let gap = widths[place] - text.chars().count() + 2;
                    line.push_str(&" ".repeat(gap));
                }
            }
            self.line(line)?;
        }
        Ok(())
    }
}

/// Gives a text the style of its meaning. The streams drop styles where they are not wanted.
pub(super) fn styled<T: Display>(text: T, mood: Mood) -> impl Display {
    let style = Style::new();
    let style = match mood {
        Mood::Plain => style,
        Mood::Name => style.cyan(),
        Mood::Heading => style.bold(),
        Mood::Dim => style.dimmed(),
        Mood::Good | Mood::Added => style.green(),
        Mood::Warning => style.yellow(),
        Mood::Bad => style.red().bold(),
        Mood::Removed => style.red(),
        Mood::AddedWords => style.green().bold().underline(),
        Mood::RemovedWords => style.red().bold().underline(),
    };
    Styled { text, style }
}

struct Styled<T> {
    text: T,
    style: Style,
}

impl<T: Display> Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.style.is_plain() {
            self.text.fmt(f)
        } else {
            write!(f, "{}", self.text.style(self.style))
        }
    }
}

/// A number with its word: `1 line`, `2 lines`.
pub(super) fn counted(number: usize, word: &str) -> String {
    match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    }
}

/// A finding's source line with a caret below its place.
pub(super) fn snippet(finding: &Finding) -> impl Display + use<> {
    let mut text = String::new();
    let Some(place) = &finding.place else {
        return text;
    };
    let at = format!("{}:{}:{}", finding.path, place.line, place.column);
    if place.source_line.is_empty() {
        text.push_str(&format!("  {} {at}\n", styled("-->", Mood::Dim)));
        return text;
    }
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    let arrow = styled("-->", Mood::Dim);
    let bar = styled("|", Mood::Dim);
    let source: String = place
        .source_line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(160)
        .collect();
    let before = place.column - 1;
    let length = (place.end - place.start)
        .min(place.source_line.chars().count().saturating_sub(before))
        .max(1);
    let caret = styled("^".repeat(length), mood_of(finding.severity));
    text.push_str(&format!("{margin}{arrow} {at}\n"));
    text.push_str(&format!("{} {bar} {source}\n", styled(&number, Mood::Dim)));
    text.push_str(&format!("{margin} {bar} {}{caret}\n", " ".repeat(before)));
    text
}

/// The style of a severity.
pub(super) fn mood_of(severity: Severity) -> Mood {
    match severity {
        Severity::Error => Mood::Bad,
        Severity::Warning => Mood::Warning,
        Severity::Info => Mood::Dim,
    }
}

impl ColorChoice {
    fn of(self, stream: &impl anstream::stream::RawStream) -> anstream::ColorChoice {
        match self {
            // NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM=dumb and pipes are looked at there.
            Self::Auto => AutoStream::choice(stream),
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

#[derive(Serialize)]
struct WithSchema<'a, T> {
    schema: &'static str,
    #[serde(flatten)]
    value: &'a T,
}

/// An error for machines.
#[derive(Debug, Serialize)]
struct ErrorObject<'a> {
    kind: &'static str,
    message: &'a str,
    context: &'a [String],
    hint: Option<&'a str>,
    retryable: bool,
    #[serde(skip_serializing_if = "<[Finding]>::is_empty")]
    findings: &'a [Finding],
}

impl<'a> ErrorObject<'a> {
    fn of(error: &'a Error, retryable: bool) -> Self {
        Self {
            kind: error.kind().name(),
            message: error.message(),
            context: error.contexts(),
            hint: error.hint_text(),
            retryable,
            findings: error.all_findings(),
        }
    }
}
