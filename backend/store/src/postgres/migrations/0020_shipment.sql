-- Shipments between participants: open until one side ends it by the document `answer`. `due` is a day.
CREATE TABLE shipment (
    document BIGINT PRIMARY KEY,
    sender BIGINT NOT NULL,
    receiver BIGINT NOT NULL,
    at BIGINT NOT NULL,
    due TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    answer BIGINT
);
