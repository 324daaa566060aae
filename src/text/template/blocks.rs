//! The tags of blocks: opening, `{{else}}`, closing.

use super::error::{Form, SyntaxErrorKind};
use super::lexer::{is_identifier, is_partial_symbol, is_symbol};
use super::parser::{Failed, Parser};
use super::structure::{BadElse, Frame, Head};
use super::tree::{Block, BlockKind, Span};

impl Parser<'_> {
    pub(super) fn else_tag(&mut self) -> Result<(), Failed> {
        let start = self.cursor.at();
        self.cursor.skip_space();
        self.cursor.eat("~");
        self.cursor.skip_space();
        let plain = self.cursor.starts("}}");
        self.cursor.jump(start);
        if plain {
            let span = self.end_tag()?;
            return self.turn(span);
        }
        if !self.cursor.skip_space() {
            return Err(
                self.unexpected("after `else` comes a space and a block, as in `{{else if x}}`")
            );
        }
        // The structure turns first: a broken condition still begins the other part.
        let turned = self.turn(self.cursor.since(self.tag));
        match turned {
            Ok(()) => self.block(BlockKind::Chained),
            Err(failed) => Err(failed),
        }
    }

    fn turn(&mut self, span: Span) -> Result<(), Failed> {
        let Err(bad) = self.structure.turn() else {
            return Ok(());
        };
        self.recovered = self
            .cursor
            .slice(self.tag, self.cursor.at())
            .ends_with("}}");
        let tag = self.quote_tag();
        Err(match bad {
            BadElse::Stray => self.error(SyntaxErrorKind::StrayElse { tag }, span, None),
            BadElse::Repeated(related) => {
                self.error(SyntaxErrorKind::RepeatedElse { tag }, span, Some(related))
            }
        })
    }

    pub(super) fn inverse(&mut self) -> Result<(), Failed> {
        let start = self.cursor.at();
        self.cursor.skip_space();
        self.cursor.eat("~");
        self.cursor.skip_space();
        if self.cursor.starts("}}") {
            self.cursor.jump(start);
            let span = self.end_tag()?;
            return self.turn(span);
        }
        self.cursor.jump(start);
        self.unsupported(Form::InverseSection, Span::new(self.tag, start));
        self.block(BlockKind::Inverted)
    }

    pub(super) fn block(&mut self, kind: BlockKind) -> Result<(), Failed> {
        self.refuse_empty()?;
        let name = self.path("a block begins with the name of its helper, as in `{{#if x}}`")?;
        if name.raw == "else" {
            self.cursor.jump(name.span.start);
            return Err(
                self.unexpected("the other part of a block begins with `{{else}}`, without `#`")
            );
        }
        if !is_identifier(&name.raw) {
            self.unsupported(Form::PathCallee, name.span);
        }
        let close = name.raw.clone();
        let (call, block_params, read) = self.call(name, 0, kind != BlockKind::Inverted);
        let (open, quote) = self.end_head(read);
        let block = Block {
            call,
            block_params,
            kind,
            body: Vec::new(),
            inverse: None,
            open,
            close: None,
        };
        self.open(Frame::new(Head::Block(Box::new(block)), close, quote, open))
    }

    pub(super) fn open(&mut self, frame: Frame) -> Result<(), Failed> {
        let limit = self.limits.block_depth;
        if self.structure.depth() >= limit {
            let span = self.cursor.since(self.tag);
            return Err(self.stop(
                SyntaxErrorKind::TooDeep {
                    what: "blocks",
                    limit,
                },
                span,
            ));
        }
        self.structure.open(frame);
        Ok(())
    }

    pub(super) fn close_block(&mut self) -> Result<(), Failed> {
        self.refuse_empty()?;
        let name = match self.cursor.peek() {
            Some('"' | '\'') => self.string()?,
            _ => self
                .cursor
                .take_while(|c| is_symbol(c) || is_partial_symbol(c) || matches!(c, '[' | ']'))
                .to_owned(),
        };
        let name = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .unwrap_or(&name)
            .to_owned();
        if name.is_empty() {
            return Err(self.unexpected("a closing tag names the block that it closes"));
        }
        let (span, quote) = self.end_head(Ok(()));
        self.structure.close(&name, &quote, span).map_err(|error| {
            self.recovered = true;
            self.error(error.kind, error.span, error.related)
        })
    }
}
