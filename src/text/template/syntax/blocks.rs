//! The tags of blocks: opening, `{{else}}`, closing.

use super::super::tree::{Block, BlockKind, Span, Strip};
use super::arguments::is_literal;
use super::error::SyntaxErrorKind;
use super::structure::{BadElse, Frame, Head};
use super::{Failed, Parser};

impl Parser<'_> {
    /// Reads the end of `{{else}}` or `{{^}}`.
    pub(super) fn turn_here(&mut self) -> Result<(), Failed> {
        self.cursor.skip_space();
        self.strip.after = self.cursor.eat("~");
        self.cursor.eat("}}");
        let span = self.cursor.since(self.tag);
        self.turn(span, false)
    }

    /// Reads what follows the `{{else` of `{{else if x}}`.
    pub(super) fn else_chain(&mut self) -> Result<(), Failed> {
        // The structure turns first: a broken condition still begins the other part.
        let span = self.cursor.since(self.tag);
        self.turn(span, true)?;
        self.block(BlockKind::Chained)
    }

    fn turn(&mut self, span: Span, chains: bool) -> Result<(), Failed> {
        let Err(bad) = self.structure.turn(self.strip, chains) else {
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
            BadElse::Inverted(related) => {
                self.error(SyntaxErrorKind::ChainedInverse { tag }, span, Some(related))
            }
        })
    }

    pub(super) fn block(&mut self, kind: BlockKind) -> Result<(), Failed> {
        self.refuse_empty()?;
        let name = self.callee("a block begins with the name of its helper, as in `{{#if x}}`")?;
        if name.original == "else" && kind == BlockKind::Plain {
            self.cursor.jump(name.span.start);
            return Err(
                self.unexpected("the other part of a block begins with `{{else}}`, without `#`")
            );
        }
        if is_literal(&name.original)
            && name.span.of(self.cursor.slice(0, self.cursor.len())) == name.original
        {
            self.cursor.jump(name.span.start);
            return Err(
                self.unexpected("a block is not named by a number, or write it in brackets: `[1]`")
            );
        }
        let close = name.original.clone();
        let (call, block_params, read) = self.call(name, 0, true);
        let (open, quote) = self.end_head(read);
        let block = Block {
            call,
            block_params,
            kind,
            first: Vec::new(),
            second: None,
            open,
            close: None,
            strips: [self.strip, Strip::default(), Strip::default()],
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
        let name = self.callee("a closing tag names the block that it closes")?;
        let (span, quote) = self.end_head(Ok(()));
        let strip = self.strip;
        let closed = self.structure.close(&name.original, &quote, span, strip);
        closed.map_err(|error| {
            self.recovered = true;
            self.error(error.kind, error.span, error.related)
        })
    }
}
