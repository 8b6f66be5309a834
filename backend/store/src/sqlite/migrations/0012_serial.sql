-- Serials that are not computed: those of participants and of other states.
CREATE TABLE serial (
    part INTEGER NOT NULL,
    series INTEGER NOT NULL,
    serial TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (part, series, serial),
    UNIQUE (part, series, number)
) STRICT, WITHOUT ROWID;
