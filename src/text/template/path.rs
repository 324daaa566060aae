//! Paths: `user.name`, `../x`, `@root.x`, `items.[a b]`.

use super::error::{Form, SyntaxErrorKind};
use super::lexer::is_symbol;
use super::parser::{Failed, Parser};
use super::tree::{Base, Path};

impl Parser<'_> {
    /// Reads a path; `advice` is for what is none.
    pub(super) fn path(&mut self, advice: &'static str) -> Result<Path, Failed> {
        let start = self.cursor.at();
        let mut path = Path {
            base: Base::Context,
            parents: 0,
            segments: Vec::new(),
            raw: String::new(),
            span: self.cursor.since(start),
        };
        let whole = self.path_head(&mut path);
        if !whole {
            self.segments(&mut path, advice)?;
        }
        path.span = self.cursor.since(start);
        self.cursor
            .slice(start, path.span.end)
            .clone_into(&mut path.raw);
        if path.parents + path.segments.len() > self.limits.path_segments {
            let kind = SyntaxErrorKind::TooDeep {
                what: "the names of a path",
                limit: self.limits.path_segments,
            };
            return Err(self.error(kind, path.span, None));
        }
        Ok(path)
    }

    /// Reads what precedes the names and tells whether no name can follow.
    fn path_head(&mut self, path: &mut Path) -> bool {
        let start = self.cursor.at();
        if !self.cursor.eat("./") && (self.cursor.starts("this.") || self.cursor.starts("this/")) {
            self.cursor.jump(start + "this.".len());
        }
        if self.root_follows() {
            self.cursor.eat("@root");
            path.base = Base::Root;
            if !self.cursor.eat(".") && !self.cursor.eat("/") {
                self.unsupported(Form::RootAlone, self.cursor.since(start));
                return true;
            }
        } else if self.cursor.eat("@") {
            path.base = Base::Data;
        }
        while self.cursor.eat("../") {
            path.parents += 1;
        }
        let alone = if self.cursor.starts("..") {
            (Form::Parent, "..")
        } else {
            (Form::Dot, ".")
        };
        let after = self
            .cursor
            .rest()
            .strip_prefix(alone.1)
            .map(|rest| rest.chars().next());
        let ends = after.is_some_and(|next| {
            next.is_none_or(|c| !is_symbol(c) && !matches!(c, '.' | '/' | '@' | '['))
        });
        if ends && path.base == Base::Context {
            self.cursor.eat(alone.1);
            path.parents += usize::from(alone.0 == Form::Parent);
            self.unsupported(alone.0, self.cursor.since(start));
        }
        ends && path.base == Base::Context
    }

    fn root_follows(&self) -> bool {
        self.cursor
            .rest()
            .strip_prefix("@root")
            .is_some_and(|rest| !rest.starts_with(is_symbol))
    }

    fn segments(&mut self, path: &mut Path, advice: &'static str) -> Result<(), Failed> {
        let mut advice = advice;
        loop {
            let start = self.cursor.at();
            let segment = if self.cursor.eat("[") {
                let Some(end) = self.cursor.find("]") else {
                    return Err(self.unexpected("the `[` before it is never closed by `]`"));
                };
                self.cursor.jump(end + 1);
                self.cursor.slice(start + 1, end)
            } else {
                self.cursor.take_while(is_symbol)
            };
            if self.cursor.at() == start {
                if path.parents > 0 && self.cursor.starts("@") {
                    advice = "`../@index` is written `@../index`";
                }
                return Err(self.unexpected(advice));
            }
            if segment != "this" {
                path.segments.push(segment.to_owned());
            }
            if !self.cursor.eat(".") && !self.cursor.eat("/") {
                return Ok(());
            }
            advice = "a name has to follow the `.` or `/` of a path";
        }
    }
}
