complete --keep-order --exclusive --command promptctl --arguments "(COMPLETE=fish promptctl -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
