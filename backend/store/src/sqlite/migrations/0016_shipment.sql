-- Shipments between participants: open until one side ends it by the document `answer`. `due` is a day.
CREATE TABLE shipment (
    document INTEGER PRIMARY KEY,
    sender INTEGER NOT NULL,
    receiver INTEGER NOT NULL,
    at INTEGER NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    answer INTEGER
) STRICT;
