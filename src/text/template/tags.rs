//! The tags: which one begins here, and what it does to the structure.

use super::error::{Form, SyntaxErrorKind};
use super::lexer::is_symbol;
use super::parser::{Failed, Parser};
use super::tree::{BlockKind, Expression, Node, Output, Span};

const NO_NAME: &str = "a tag begins with a name, and braces that are text are written `\\{{`";

impl Parser<'_> {
    /// Reads the tag that begins here, and leaves the cursor after it whatever happens.
    pub(super) fn read_tag(&mut self) {
        self.closer = "}}";
        self.recovered = false;
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
        if self.cursor.starts("{{!") {
            return self.comment("{{!");
        }
        if self.cursor.starts("{{~!") {
            self.unsupported(Form::StrippedComment, Span::new(self.tag, self.tag + 4));
            return self.comment("{{~!");
        }
        if self.cursor.eat("{{{") {
            return self.unescaped(true);
        }
        self.cursor.eat("{{");
        self.cursor.skip_space();
        self.cursor.eat("~");
        self.cursor.skip_space();
        if self.cursor.eat("{") {
            self.unescaped(false)
        } else if self.cursor.eat("#") {
            self.cursor.skip_space();
            if self.cursor.eat(">") {
                self.partial(true)
            } else if self.cursor.eat("*") {
                self.inline()
            } else {
                self.block(BlockKind::Plain)
            }
        } else if self.cursor.eat("^") {
            self.inverse()
        } else if self.cursor.eat("/") {
            self.close_block()
        } else if self.cursor.eat(">") {
            self.partial(false)
        } else if self.cursor.eat("*") {
            Err(self.unexpected("of the tags with `*` only `{{#*inline \"name\"}}` exists"))
        } else {
            let ampersand = self.cursor.eat("&");
            self.output(ampersand)
        }
    }

    /// Takes the end of the tag and spans it.
    pub(super) fn end_tag(&mut self) -> Result<Span, Failed> {
        self.cursor.skip_space();
        self.cursor.eat("~");
        self.cursor.skip_space();
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

    fn comment(&mut self, open: &'static str) -> Result<(), Failed> {
        self.cursor.eat(open);
        let spaced = self.cursor.skip_space();
        let long_end = if self.cursor.starts("--")
            && self
                .last_comment_end
                .is_some_and(|last| last >= self.cursor.at() + 2)
        {
            self.cursor
                .rest_at(self.cursor.at() + 2)
                .find("--}}")
                .map(|found| self.cursor.at() + 2 + found + 2)
        } else {
            None
        };
        let long = self.cursor.starts("--");
        let short_end = self.cursor.find("}}");
        let end = match (long_end, short_end) {
            (None, Some(short)) if !long || spaced => short,
            (Some(long), Some(short)) if !spaced || long == short => long,
            (Some(_), _) => {
                return Err(
                    self.unexpected("a comment with `--` begins with `{{!--`, without a space")
                );
            }
            (None, _) => {
                let (open, close) = if long {
                    ("{{!--", "--}}")
                } else {
                    (open, "}}")
                };
                let kind = SyntaxErrorKind::UnclosedComment {
                    open: open.to_owned(),
                    close,
                };
                return Err(self.error(kind, Span::new(self.tag, self.cursor.at()), None));
            }
        };
        if long_end.is_some()
            && let Some(strip) = self.cursor.slice(self.tag, end).find("--~}}")
        {
            self.cursor.jump(self.tag + strip);
            return Err(
                self.unexpected("a comment that begins with `{{!--` ends with `--}}`, without `~`")
            );
        }
        self.cursor.jump(end + 2);
        self.structure
            .push(Node::Comment(self.cursor.since(self.tag)));
        Ok(())
    }

    /// Reads `{{{x}}}`, and `{{~{x}~}}`, in which the signs stand outside.
    fn unescaped(&mut self, contiguous: bool) -> Result<(), Failed> {
        self.closer = "}}}";
        self.cursor.skip_space();
        let inside = contiguous && self.cursor.eat("~");
        self.refuse_empty()?;
        let value = self.value(false)?;
        self.cursor.skip_space();
        if !self.unescaped_end(contiguous, inside) {
            return Err(self.unexpected("the tag ought to end before it"));
        }
        let span = self.cursor.since(self.tag);
        self.structure.push(Node::Output(Output {
            value,
            escaped: false,
            span,
        }));
        Ok(())
    }

    /// Takes `~}}}` of a tag that began with `{{{`, or `}~}}` where no `~` stood inside.
    fn unescaped_end(&mut self, contiguous: bool, inside: bool) -> bool {
        let start = self.cursor.at();
        self.cursor.eat("~");
        if contiguous && self.cursor.eat("}}}") {
            return true;
        }
        self.cursor.jump(start);
        if !inside && self.cursor.eat("}") {
            self.cursor.skip_space();
            self.cursor.eat("~");
            self.cursor.skip_space();
            if self.cursor.eat("}}") {
                return true;
            }
        }
        self.cursor.jump(start);
        false
    }

    fn output(&mut self, ampersand: bool) -> Result<(), Failed> {
        self.refuse_empty()?;
        let start = self.cursor.at();
        let word = self.cursor.take_while(is_symbol);
        if word == "else" && !ampersand {
            return self.else_tag();
        }
        self.cursor.jump(start);
        if word == "elseif" {
            return Err(self.unexpected("`{{else if ..}}` is written as two words"));
        }
        if word.starts_with("else") && !ampersand {
            self.unsupported(Form::ElsePrefix, Span::new(start, start + word.len()));
        }
        let value = self.value(ampersand)?;
        let span = self.end_tag()?;
        self.structure.push(Node::Output(Output {
            value,
            escaped: !ampersand,
            span,
        }));
        Ok(())
    }

    fn value(&mut self, ampersand: bool) -> Result<Expression, Failed> {
        self.cursor.skip_space();
        if self.cursor.starts("(") {
            return Err(
                self.unexpected("a tag begins with a name: write `{{helper ..}}` without `( )`")
            );
        }
        let name = self.path(NO_NAME)?;
        let (call, _, result) = self.call(name, 0, false);
        result?;
        if call.params.is_empty() && call.hash.is_empty() {
            return Ok(Expression::Path(call.name));
        }
        if ampersand {
            self.unsupported(Form::UnescapedCall, call.span);
        }
        Ok(Expression::Sub(call))
    }
}
