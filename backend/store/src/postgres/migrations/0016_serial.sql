-- Serials that are not computed: those of participants and of other states.
CREATE TABLE serial (
    part BIGINT NOT NULL,
    series BIGINT NOT NULL,
    serial TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (part, series, serial),
    UNIQUE (part, series, number)
);
