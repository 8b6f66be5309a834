INSERT INTO block_by_place (part, place, bytes)
SELECT part, series * 268435456 + block, bytes FROM block;
