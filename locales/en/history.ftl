### Earlier checks.

history-title = History of checks
history-empty = Nothing has been checked yet.
history-off = No history is kept: it is switched off in the settings.
history-privacy = { $count ->
    [one] The last { $count } check is kept, on this phone only.
   *[other] The last { $count } checks are kept, on this phone only.
}
history-clear = Delete the history
history-clear-title = Delete the history?
history-clear-body = { $count ->
    [one] { $count } check will be deleted. It cannot be brought back.
   *[other] { $count } checks will be deleted. They cannot be brought back.
}
history-clear-yes = Delete
