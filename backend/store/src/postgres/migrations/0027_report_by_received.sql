CREATE INDEX report_by_received ON report (received, id);
