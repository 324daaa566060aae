use snapbox::str;

use crate::sandbox::{with_greeting, with_versions};

#[test]
fn refuses_what_a_label_points_to() {
    let sandbox = with_versions();
    sandbox.refuses(["retire", "greeting@1.1.0"], 3, str![[r#"
error: `greeting@1.1.0` is in use: `staging` points to it
hint: move the label first (`promptctl promote greeting@V --label staging`), or take it away along with it: `--unlabel`

"#]]);
    sandbox.refuses(["retire", "greeting"], 3, str![[r#"
error: `greeting` is in use: `production`, `staging` point to it
hint: move the label first (`promptctl promote greeting@V --label production`), or take it away along with it: `--unlabel`

"#]]);
}

#[test]
fn refuses_a_successor_that_is_not_there() {
    let sandbox = with_greeting();
    sandbox.refuses(
        ["retire", "greeting", "--unlabel", "--successor", "nobody"],
        2,
        str![[r#"
error: there is no prompt `nobody`
hint: `promptctl list` shows the prompts there are

"#]],
    );
    sandbox.refuses(
        ["retire", "greeting", "--unlabel", "--successor", "greeting"],
        2,
        str![[r#"
error: `greeting` is neither another prompt nor a version of this one

"#]],
    );
}

#[test]
fn refuses_a_label_where_a_version_is_needed() {
    with_versions().refuses(
        ["retire", "greeting@staging"],
        2,
        str![[r#"
error: `staging` is no exact version; this needs one, as in NAME@1.2.0
hint: `--help` shows what `<NAME[@VERSION]>` may be

"#]],
    );
}

#[test]
fn refuses_a_version_that_is_not_there() {
    with_versions().refuses(
        ["retire", "greeting@3.0.0"],
        2,
        str![[r#"
error: `greeting` has no version 3.0.0
hint: did you mean `greeting@1.0.0`?

"#]],
    );
}

#[test]
fn refuses_to_restore_a_version_that_is_not_there() {
    with_versions().refuses(
        ["restore", "greeting@1.0.2"],
        2,
        str![[r#"
error: `greeting` has no version 1.0.2
hint: did you mean `greeting@1.0.1`?

"#]],
    );
}

#[test]
fn refuses_to_promote_and_patch_what_is_retired() {
    let sandbox = with_greeting();
    sandbox.run(["retire", "greeting", "--unlabel"]).succeeds();
    sandbox.refuses(
        ["promote", "greeting@1.0.0"],
        2,
        str![[r#"
error: `greeting` is retired
hint: `promptctl restore greeting` brings it back

"#]],
    );
    sandbox.refuses(
        ["patch", "greeting", "-m", "Anew"],
        2,
        str![[r#"
error: `greeting` is retired
hint: `promptctl restore greeting` brings it back

"#]],
    );
}
