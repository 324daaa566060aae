//! The wire contract: one snapshot of each command's JSON.

use snapbox::{IntoData, str};

use crate::sandbox::{
    GREETING, Sandbox, empty, sandbox, with_greeting, with_partial, with_versions,
};

/// The command's JSON is just that.
#[track_caller]
fn prints<const N: usize>(sandbox: &Sandbox, args: [&str; N], expected: impl IntoData) {
    let args = [&args[..], &["--format", "json"]].concat();
    let run = sandbox.run_with(&args, |_| {}, "");
    run.succeeds().prints(expected);
    let schema = format!("promptctl.{}.v1", args[0]);
    assert_eq!(run.json()["schema"], schema);
}

#[test]
fn init() {
    prints(
        &empty(),
        ["init"],
        str![[r#"
{
  "schema": "promptctl.init.v1",
  "folder": "[ROOT]",
  "written": [
    "promptctl.toml",
    ".gitattributes",
    "prompts/"
  ]
}

"#]],
    );
}

#[test]
fn create() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    prints(
        &sandbox,
        ["create", "greeting"],
        str![[r#"
{
  "schema": "promptctl.create.v1",
  "name": "greeting",
  "version": "1.0.0",
  "identity": "cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1",
  "status": "written",
  "labels": [
    {
      "label": "production",
      "was": null
    }
  ],
  "draft": "published",
  "event": "44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7"
}

"#]],
    );
    prints(
        &sandbox,
        ["create", "greeting", "--version", "1.0.0"],
        str![[r#"
{
  "schema": "promptctl.create.v1",
  "name": "greeting",
  "version": "1.0.0",
  "identity": "cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1",
  "status": "unchanged",
  "labels": []
}

"#]],
    );
}

#[test]
fn create_rehearsed() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    prints(
        &sandbox,
        ["create", "greeting", "--dry-run"],
        str![[r#"
{
  "schema": "promptctl.create.v1",
  "name": "greeting",
  "version": "1.0.0",
  "identity": "cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1",
  "status": "rehearsed",
  "labels": [
    {
      "label": "production",
      "was": null
    }
  ],
  "draft": "published",
  "event": "44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7",
  "line": "{\"id\":\"44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7\",\"v\":1,\"kind\":\"prompt\",\"name\":\"greeting\",\"op\":\"create\",\"version\":\"1.0.0\",\"sha256\":\"0bf8184aa99cb3f10dcc9789241cf4aac8645d4d4bbd86630c75bd128ba437ab\",\"labels\":[\"production\"],\"was\":{\"production\":null},\"dialect\":1,\"message\":\"First version\",\"by\":\"Ada Example <ada@example.com>\",\"at\":\"2026-11-20T10:00:00Z\"}"
}

"#]],
    );
}

#[test]
fn patch() {
    let sandbox = with_partial();
    let text = sandbox.read("prompts/support/triage/draft.prompt");
    sandbox.draft("support/triage", &text.replace("Sorts", "Orders"));
    prints(
        &sandbox,
        ["patch", "support/triage", "-m", "Wording"],
        str![[r#"
{
  "schema": "promptctl.patch.v1",
  "name": "support/triage",
  "version": "1.0.1",
  "identity": "327232a559115335593116d32df670c6ebfa8ffda3000830594eacf3b63a97b4",
  "status": "written",
  "from": "1.0.0",
  "labels": [
    {
      "label": "production",
      "was": "1.0.0"
    }
  ],
  "pins": {
    "shared/tone": "shared/tone@1.0.0"
  },
  "draft": "published",
  "event": "dfb51fe7103810da55eb8c5075a9c7ecc93d89b2c10327b3f0f46264df1ec288"
}

"#]],
    );
}

#[test]
fn promote() {
    prints(
        &with_versions(),
        ["promote", "greeting"],
        str![[r#"
{
  "schema": "promptctl.promote.v1",
  "name": "greeting",
  "label": "production",
  "was": "1.0.1",
  "version": "1.1.0",
  "status": "written",
  "rollback": false,
  "event": "dd99436392c4d56db86131e972928ef2c698a747f4b6764e91b6a3c2be661cdc"
}

"#]],
    );
}

#[test]
fn revert() {
    prints(
        &with_versions(),
        ["revert", "greeting", "--to", "1.0.0", "-m", "Back"],
        str![[r#"
{
  "schema": "promptctl.revert.v1",
  "name": "greeting",
  "version": "2.0.0",
  "identity": "cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1",
  "status": "written",
  "from": "1.1.0",
  "copy": "greeting@1.0.0",
  "labels": [],
  "draft": "updated",
  "event": "c07cd58b622fe713c361cca3174541480b321d17d386bf461fc892f0c0aa92f9"
}

"#]],
    );
}

#[test]
fn retire_and_restore() {
    let sandbox = with_versions();
    prints(
        &sandbox,
        [
            "retire",
            "greeting@1.1.0",
            "--unlabel",
            "--successor",
            "1.0.1",
        ],
        str![[r#"
{
  "schema": "promptctl.retire.v1",
  "name": "greeting",
  "version": "1.1.0",
  "retired": true,
  "status": "written",
  "labels": [
    {
      "label": "staging",
      "was": "1.1.0"
    }
  ],
  "successor": "1.0.1",
  "event": "e05dfef536b653c331de4004e412cd1aeaba51cf7da311c353bacdc69c0d5d5e"
}

"#]],
    );
    prints(
        &sandbox,
        ["restore", "greeting@1.1.0"],
        str![[r#"
{
  "schema": "promptctl.restore.v1",
  "name": "greeting",
  "version": "1.1.0",
  "retired": false,
  "status": "written",
  "labels": [],
  "event": "f1fa9edaf82ae0b808399340326bfd20a8973f24ff62f53bfcad6a017ea28443"
}

"#]],
    );
}

#[test]
fn rename() {
    prints(
        &with_greeting(),
        ["rename", "greeting", "hello"],
        str![[r#"
{
  "schema": "promptctl.rename.v1",
  "old": "greeting",
  "new": "hello",
  "status": "written",
  "versions": [
    {
      "name": "hello",
      "version": "1.0.0",
      "identity": "cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1",
      "status": "written",
      "labels": [
        {
          "label": "production",
          "was": null
        }
      ],
      "draft": "updated",
      "event": "dadaae88cda73ac171b8bea50992d7e6edc91410ca69673bbc9618820c73d30e"
    }
  ],
  "retired": {
    "name": "greeting",
    "version": null,
    "retired": true,
    "status": "written",
    "labels": [
      {
        "label": "production",
        "was": "1.0.0"
      }
    ],
    "successor": "hello",
    "event": "6794346ab390f39a222d3cdc797390f42025e68c0b06c2af2682f62beb8be2e3"
  }
}

"#]],
    );
}

#[test]
fn void() {
    let sandbox = with_versions();
    let log = sandbox.run(["log", "greeting", "--format", "json"]).json();
    let id = log["events"][2]["id"].as_str().unwrap().to_owned();
    prints(
        &sandbox,
        ["void", "greeting", &id, "-m", "A name"],
        str![[r#"
{
  "schema": "promptctl.void.v1",
  "name": "greeting",
  "version": "1.0.0",
  "target": "44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7",
  "status": "written",
  "files": [
    "prompts/greeting/1.0.0.prompt"
  ],
  "event": "47c60515edad704c068c3ee382ce848b8bed1679ac2427ba2289dae7ab2731ad"
}

"#]],
    );
}

#[test]
fn note() {
    prints(
        &with_greeting(),
        ["note", "greeting", "-m", "Reviewed"],
        str![[r#"
{
  "schema": "promptctl.note.v1",
  "name": "greeting",
  "status": "written",
  "event": "c3664e21b041e007175ada8577cb7d20ea675344733b99006267903cb6c39cd0"
}

"#]],
    );
}

#[test]
fn list() {
    prints(
        &with_versions(),
        ["list"],
        str![[r#"
{
  "schema": "promptctl.list.v1",
  "prompts": [
    {
      "name": "greeting",
      "latest": "1.1.0",
      "labels": {
        "production": "1.0.1",
        "staging": "1.1.0"
      },
      "behind": [
        "production"
      ],
      "versions": 3,
      "retired_versions": 0,
      "changed": "2026-11-20T10:00:00Z",
      "draft": "published",
      "retired": false,
      "conflicts": []
    }
  ],
  "hidden": 0,
  "unreadable": []
}

"#]],
    );
    prints(
        &sandbox(),
        ["list"],
        str![[r#"
{
  "schema": "promptctl.list.v1",
  "prompts": [],
  "hidden": 0,
  "unreadable": []
}

"#]],
    );
}

#[test]
fn show() {
    prints(
        &with_partial(),
        ["show", "support/triage"],
        str![[r#"
{
  "schema": "promptctl.show.v1",
  "name": "support/triage",
  "version": "1.0.0",
  "file": "prompts/support/triage/1.0.0.prompt",
  "sha256": "bd505392f452c3453be59cf236709758d89971eb0efb9e1175ce2443c62f4e94",
  "identity": "3ef585f9eb70af57f75cc23bd0e3fdad31cf6fcc9ed147ed39e84b29f888be61",
  "kind": "chat",
  "labels": [
    "production"
  ],
  "retired": false,
  "pins": {
    "shared/tone": "shared/tone@1.0.0"
  },
  "dialect": 1,
  "by": "Ada Example <ada@example.com>",
  "at": "2026-11-20T10:00:00Z",
  "message": "First version",
  "event": "4c94566e1bcefc7b4691e09ba2822b4e746a79912afe9fb1a353e8d04c9c43a8",
  "text": "---\ndescription: Sorts tickets\nmodel: example/model\ninput:\n  schema:\n    ticket: string, the customer's words\n    product?: string\npromptctl.tags: [support]\npromptctl.examples:\n  refund: {ticket: I want my money back}\n---\n{{role \"system\"}}\n{{> shared/tone}}\n{{role \"user\"}}\n{{ticket}}\n"
}

"#]],
    );
}

#[test]
fn log() {
    let sandbox = with_versions();
    sandbox
        .run(["promote", "greeting@1.0.0", "--rollback"])
        .succeeds();
    prints(
        &sandbox,
        ["log", "greeting"],
        str![[r#"
{
  "schema": "promptctl.log.v1",
  "name": "greeting",
  "events": [
    {
      "id": "f7a3581d498723aee156f695738d70f5a70b91c4f40d27ded2a9fe368ed4ab7b",
      "name": "greeting",
      "op": "promote",
      "version": "1.0.0",
      "labels": {
        "production": "1.0.0"
      },
      "was": {
        "production": "1.0.1"
      },
      "rollback": true,
      "message": "Roll production back to 1.0.0",
      "by": "Ada Example <ada@example.com>",
      "at": "2026-11-20T10:00:00Z"
    },
    {
      "id": "b7d23712262d6535c0f10055b0c1527b85623ccb633620b81c85312cc0b92bef",
      "name": "greeting",
      "op": "create",
      "version": "1.1.0",
      "from": "1.0.1",
      "labels": {
        "staging": "1.1.0"
      },
      "was": {
        "staging": null
      },
      "message": "Polite",
      "by": "Ada Example <ada@example.com>",
      "at": "2026-11-20T10:00:00Z"
    },
    {
      "id": "97763be145a15318caa49afac562f5eb9a8009752a084f1cce506abc091e6a67",
      "name": "greeting",
      "op": "patch",
      "version": "1.0.1",
      "from": "1.0.0",
      "labels": {
        "production": "1.0.1"
      },
      "was": {
        "production": "1.0.0"
      },
      "message": "Less stiff",
      "by": "Ada Example <ada@example.com>",
      "at": "2026-11-20T10:00:00Z"
    },
    {
      "id": "44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7",
      "name": "greeting",
      "op": "create",
      "version": "1.0.0",
      "labels": {
        "production": "1.0.0"
      },
      "was": {
        "production": null
      },
      "message": "First version",
      "by": "Ada Example <ada@example.com>",
      "at": "2026-11-20T10:00:00Z"
    }
  ]
}

"#]],
    );
}

#[test]
fn status() {
    let sandbox = with_versions();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Half done"));
    prints(
        &sandbox,
        ["status"],
        str![[r#"
{
  "schema": "promptctl.status.v1",
  "prompts": [
    {
      "name": "greeting",
      "draft": "edited",
      "published": true,
      "behind": [
        {
          "label": "production",
          "version": "1.0.1",
          "latest": "1.1.0",
          "since": "2026-11-20T10:00:00Z"
        }
      ],
      "conflicts": []
    }
  ],
  "looked_at": 1,
  "unreadable": []
}

"#]],
    );
}

#[test]
fn diff() {
    prints(
        &with_versions(),
        ["diff", "greeting", "1.0.0", "1.0.1"],
        str![[r#"
{
  "schema": "promptctl.diff.v1",
  "old": "greeting@1.0.0",
  "new": "greeting@1.0.1",
  "equal": false,
  "added": 1,
  "removed": 1,
  "hunks": [
    {
      "old_start": 5,
      "old_lines": 4,
      "new_start": 5,
      "new_lines": 4,
      "lines": [
        {
          "change": "kept",
          "pieces": [
            {
              "text": "  schema:",
              "changed": false
            }
          ]
        },
        {
          "change": "kept",
          "pieces": [
            {
              "text": "    who: string",
              "changed": false
            }
          ]
        },
        {
          "change": "kept",
          "pieces": [
            {
              "text": "---",
              "changed": false
            }
          ]
        },
        {
          "change": "removed",
          "pieces": [
            {
              "text": "Hello",
              "changed": true
            },
            {
              "text": " {{who}}!",
              "changed": false
            }
          ]
        },
        {
          "change": "added",
          "pieces": [
            {
              "text": "Hi",
              "changed": true
            },
            {
              "text": " {{who}}!",
              "changed": false
            }
          ]
        }
      ]
    }
  ]
}

"#]],
    );
}

#[test]
fn render() {
    prints(
        &with_partial(),
        ["render", "support/triage", "--example", "refund"],
        str![[r#"
{
  "schema": "promptctl.render.v1",
  "name": "support/triage",
  "version": "1.0.0",
  "identity": "3ef585f9eb70af57f75cc23bd0e3fdad31cf6fcc9ed147ed39e84b29f888be61",
  "kind": "chat",
  "messages": [
    {
      "role": "system",
      "content": [
        {
          "text": "\nBe kind.\n"
        }
      ]
    },
    {
      "role": "user",
      "content": [
        {
          "text": "\nI want my money back"
        }
      ]
    }
  ]
}

"#]],
    );
}

#[test]
fn validate() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", "Hello\n{{nope who}}\n");
    let run = sandbox.run(["validate", "--format", "json"]);
    run.exits(1).prints(str![[r#"
{
  "schema": "promptctl.validate.v1",
  "findings": [
    {
      "rule": "draft-unpublished",
      "severity": "info",
      "path": "prompts/greeting/draft.prompt",
      "message": "the draft has unpublished edits",
      "hint": "`promptctl patch greeting -m WHY` publishes them"
    },
    {
      "rule": "unknown-helper",
      "severity": "error",
      "path": "prompts/greeting/draft.prompt",
      "place": {
        "line": 2,
        "column": 3,
        "start": 8,
        "end": 12
      },
      "message": "there is no helper `nope`",
      "hint": "the helpers are if, unless, each, with, lookup, log, role, history, media, section, json, ifEquals, unlessEquals"
    }
  ],
  "counts": {
    "errors": 1,
    "warnings": 0,
    "infos": 1
  },
  "prompts": 1,
  "versions": 1
}

"#]]);
}

#[test]
fn why() {
    prints(
        &with_partial(),
        ["why", "support/triage"],
        str![[r#"
{
  "schema": "promptctl.why.v1",
  "reference": "support/triage",
  "through": "label",
  "selector": "production",
  "moved_by": {
    "id": "4c94566e1bcefc7b4691e09ba2822b4e746a79912afe9fb1a353e8d04c9c43a8",
    "op": "create",
    "log": "prompts/support/triage/changelog.jsonl",
    "by": "Ada Example <ada@example.com>",
    "at": "2026-11-20T10:00:00Z",
    "message": "First version"
  },
  "version": "1.0.0",
  "published_by": {
    "id": "4c94566e1bcefc7b4691e09ba2822b4e746a79912afe9fb1a353e8d04c9c43a8",
    "op": "create",
    "log": "prompts/support/triage/changelog.jsonl",
    "by": "Ada Example <ada@example.com>",
    "at": "2026-11-20T10:00:00Z",
    "message": "First version"
  },
  "file": "prompts/support/triage/1.0.0.prompt",
  "sha256": "bd505392f452c3453be59cf236709758d89971eb0efb9e1175ce2443c62f4e94",
  "identity": "3ef585f9eb70af57f75cc23bd0e3fdad31cf6fcc9ed147ed39e84b29f888be61",
  "pins": [
    {
      "written": "shared/tone",
      "pinned": "shared/tone@1.0.0",
      "identity": "cb7673defc69dffff1ed91ad3d4d43eec63016f15db8d2a50191a243dd07383f"
    }
  ]
}

"#]],
    );
}

#[test]
fn impact() {
    let sandbox = with_partial();
    sandbox.draft("letter", "{{> support/triage}}\n");
    sandbox.run(["create", "letter"]).succeeds();
    sandbox.draft("shared/tone", "Be brief.\n");
    sandbox
        .run(["patch", "shared/tone", "-m", "Brevity"])
        .succeeds();
    sandbox.draft("note", "{{> shared/tone}}\n");
    prints(
        &sandbox,
        ["impact", "shared/tone"],
        str![[r#"
{
  "schema": "promptctl.impact.v1",
  "name": "shared/tone",
  "users": [
    {
      "name": "letter",
      "version": "1.0.0",
      "labels": [
        "production"
      ],
      "latest": true,
      "via": [
        "support/triage@1.0.0"
      ],
      "written": "shared/tone",
      "pinned": "shared/tone@1.0.0",
      "now": "shared/tone@1.0.1"
    },
    {
      "name": "support/triage",
      "version": "1.0.0",
      "labels": [
        "production"
      ],
      "latest": true,
      "via": [],
      "written": "shared/tone",
      "pinned": "shared/tone@1.0.0",
      "now": "shared/tone@1.0.1"
    }
  ],
  "drafts": [
    "note"
  ],
  "unreadable": []
}

"#]],
    );
}

#[test]
fn manifest() {
    prints(
        &with_versions(),
        ["manifest"],
        str![[r#"
{
  "schema": "promptctl.manifest.v1",
  "project": "default",
  "label": "production",
  "prompts": [
    {
      "name": "greeting",
      "version": "1.0.1",
      "sha256": "2f872bba9c2524ae8808a3a16b811a30d5c62c829f8d9cdffbf1e60e7d6824a2",
      "identity": "96835c8ed07db9495af280782e7c3dda9f20a53ad90da3ba1f3ff0101d0cc966",
      "events": 3
    }
  ],
  "digest": "eb9662336c6351691001aae06be553c9aadb01b97e9e0a926618118cb5f478a1"
}

"#]],
    );
}

#[test]
fn resolve() {
    prints(
        &with_versions(),
        ["resolve"],
        str![[r#"
{
  "schema": "promptctl.resolve.v1",
  "prompts": [],
  "unsettled": []
}

"#]],
    );
}

#[test]
fn repair() {
    let sandbox = with_greeting();
    let log = "prompts/greeting/changelog.jsonl";
    let whole = sandbox.read(log);
    sandbox.file(log, whole.trim_end());
    sandbox.file("prompts/greeting/1.0.1.prompt", "Half done\n");
    prints(
        &sandbox,
        ["repair"],
        str![[r#"
{
  "schema": "promptctl.repair.v1",
  "logs": [
    {
      "path": "prompts/greeting/changelog.jsonl",
      "kept": null
    }
  ],
  "orphans": [
    "prompts/greeting/1.0.1.prompt"
  ],
  "unreadable": []
}

"#]],
    );
}

#[test]
fn error() {
    with_greeting().refuses(["show", "greetin", "--format", "json"], 2, str![[r#"
{"schema":"promptctl.error.v1","kind":"not-found","message":"there is no prompt `greetin`","context":[],"hint":"did you mean `greeting`?","retryable":false}

"#]]);
    empty().refuses(
        ["show", "greeting", "--fromat", "json"],
        2,
        str![[r#"
error: unexpected argument '--fromat' found

  tip: a similar argument exists: '--format'

Usage: promptctl show --format <FORMAT> <REF>

For more information, try '--help'.

"#]],
    );
}
