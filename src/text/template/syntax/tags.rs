//! The tags: which one begins here, and what it does to the structure.

use super::super::tree::{BlockKind, Comment, Expression, Node, Output, Span, Strip};
use super::error::SyntaxErrorKind;
use super::lexer::is_space;
use super::{Failed, Parser};

const NO_NAME: &str = "a tag begins with a name, and braces that are text are written `\\{{`";
const SIGNS: &str = "the sign follows the braces without a space, as in `{{#if x}}`";

impl Parser<'_> {
    /// Reads the tag that begins here, and leaves the cursor after it whatever happens.
    pub(super) fn read_tag(&mut self) {
        self.closer = "}}";
        self.recovered = false;
        self.strip = Strip::default();
        let read = if self.cursor.starts("{{{{") {
            self.raw_block()
        } else {
            self.tag_by_sign()
        };
        if read.is_err() && !self.stopped {
            self.recover();
        }
    }

    fn tag_by_sign(&mut self) -> Result<(), Failed> {
        self.cursor.eat("{{");
        self.strip.before = self.cursor.eat("~");
        if let Some((part, end)) = self.else_follows() {
            self.cursor.jump(end);
            return match part {
                Else::Plain => self.turn_here(),
                Else::Chain => self.else_chain(),
            };
        }
        if self.cursor.eat("{") {
            return self.unescaped();
        }
        if self.cursor.eat("#>") {
            return self.partial(true);
        }
        if self.cursor.eat("#*") {
            return self.inline();
        }
        for (sign, read) in [
            ("!", Self::comment as fn(&mut Self) -> Result<(), Failed>),
            ("#", |parser| parser.block(BlockKind::Plain)),
            ("/", Self::close_block),
            ("^", |parser| parser.block(BlockKind::Inverted)),
            (">", |parser| parser.partial(false)),
            ("&", Self::output),
        ] {
            if self.cursor.eat(sign) {
                return read(self);
            }
        }
        if self.cursor.starts("*") {
            return Err(self.unexpected("of the tags with `*` only `{{#*inline \"name\"}}` exists"));
        }
        self.output()
    }

    /// Tells whether `{{else}}`, `{{^}}` or `{{else name` stands here, and where that ends.
    fn else_follows(&self) -> Option<(Else, usize)> {
        let rest = self.cursor.rest();
        let end_of = |rest: &str| self.cursor.len() - rest.len();
        let ends = |rest: &str| {
            let rest = rest.trim_start_matches(is_space);
            rest.strip_prefix('~').unwrap_or(rest).starts_with("}}")
        };
        if let Some(rest) = rest.strip_prefix('^') {
            return ends(rest).then(|| (Else::Plain, end_of(rest)));
        }
        let rest = rest.trim_start_matches(is_space).strip_prefix("else")?;
        if ends(rest) {
            return Some((Else::Plain, end_of(rest)));
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!rest.starts_with(is_word)).then(|| (Else::Chain, end_of(rest)))
    }

    /// Takes the end of a tag.
    pub(super) fn end_tag(&mut self) -> Result<Span, Failed> {
        self.cursor.skip_space();
        // Three braces end another tag than two do.
        let is_other = self.closer == "}}" && self.cursor.starts("}}}");
        if is_other {
            return Err(self.wrong_braces());
        }
        self.strip.after = self.closer == "}}" && self.cursor.eat("~");
        if self.cursor.eat(self.closer) {
            return Ok(self.cursor.since(self.tag));
        }
        Err(self.unexpected("the tag ought to end before it"))
    }

    /// Ends the tag of something that stays open even if the tag is broken.
    pub(super) fn end_head(&mut self, read: Result<(), Failed>) -> (Span, String) {
        let ended = read.and_then(|()| self.end_tag());
        if ended.is_err() && !self.stopped {
            self.recover();
        }
        (self.cursor.since(self.tag), self.quote_tag())
    }

    pub(super) fn refuse_empty(&mut self) -> Result<(), Failed> {
        self.cursor.skip_space();
        let start = self.cursor.at();
        self.cursor.eat("~");
        let empty = self.cursor.eat(self.closer);
        if !empty {
            self.cursor.jump(start);
            return Ok(());
        }
        self.recovered = true;
        let kind = SyntaxErrorKind::EmptyTag {
            tag: self.quote_tag(),
        };
        Err(self.error(kind, self.cursor.since(self.tag), None))
    }

    /// Reads `{{! .. }}` up to the next `}}`, and `{{!-- .. --}}` up to the next `--}}` or `--~}}`.
    fn comment(&mut self) -> Result<(), Failed> {
        let long = self.cursor.starts("--");
        let end = if long {
            self.long_comment_end()
        } else {
            self.cursor.find("}}").map(|at| at + 2)
        };
        let Some(end) = end else {
            let (open, close) = if long {
                ("{{!--", "--}}")
            } else {
                ("{{!", "}}")
            };
            let kind = SyntaxErrorKind::UnclosedComment {
                open: open.to_owned(),
                close,
            };
            return Err(self.error(kind, Span::new(self.tag, self.cursor.at()), None));
        };
        self.strip.after = self.cursor.slice(self.tag, end).ends_with("~}}");
        self.cursor.jump(end);
        self.structure.push(Node::Comment(Comment {
            span: self.cursor.since(self.tag),
            strip: self.strip,
        }));
        Ok(())
    }

    fn long_comment_end(&self) -> Option<usize> {
        let last = self.last_comment_end?;
        let mut at = self.cursor.at();
        while at <= last {
            at += self.cursor.rest_at(at).find("--")?;
            let rest = self.cursor.rest_at(at + 2);
            let rest = rest.strip_prefix('~').unwrap_or(rest);
            if rest.starts_with("}}") {
                return Some(self.cursor.len() - rest.len() + 2);
            }
            at += 1;
        }
        None
    }

    /// Reads `{{{x}}}`, which means what `{{x}}` does: nothing is escaped.
    fn unescaped(&mut self) -> Result<(), Failed> {
        self.closer = "}}}";
        self.refuse_empty()?;
        let value = self.value()?;
        self.cursor.skip_space();
        if self.cursor.starts("}}}}") {
            return Err(self.wrong_braces());
        }
        if !self.unescaped_end() {
            return Err(self.unexpected("the tag ought to end before it"));
        }
        self.push_output(value);
        Ok(())
    }

    /// Takes `}}}` or `}~}}`, unless a brace too many follows.
    fn unescaped_end(&mut self) -> bool {
        let start = self.cursor.at();
        if !self.cursor.starts("}}}}") && self.cursor.eat("}") {
            self.strip.after = self.cursor.eat("~");
            if self.cursor.eat("}}") {
                return true;
            }
        }
        self.cursor.jump(start);
        false
    }

    fn output(&mut self) -> Result<(), Failed> {
        self.refuse_empty()?;
        let value = self.value()?;
        self.end_tag()?;
        self.push_output(value);
        Ok(())
    }

    fn push_output(&mut self, value: Expression) {
        self.structure.push(Node::Output(Output {
            value,
            span: self.cursor.since(self.tag),
            strip: self.strip,
        }));
    }

    fn value(&mut self) -> Result<Expression, Failed> {
        self.cursor.skip_space();
        if self.cursor.starts("(") {
            return Err(
                self.unexpected("a tag begins with a name: write `{{helper ..}}` without `( )`")
            );
        }
        if matches!(self.cursor.peek(), Some('#' | '>' | '!' | '/' | '^' | '&')) {
            return Err(self.unexpected(SIGNS));
        }
        let name = self.callee(NO_NAME)?;
        let (call, _, result) = self.call(name, 0, false);
        result?;
        if call.params.is_empty() && call.hash.is_empty() {
            return Ok(Expression::Path(call.name));
        }
        Ok(Expression::Sub(call))
    }
}

/// The beginning of the second part of a block.
enum Else {
    Plain,
    Chain,
}
