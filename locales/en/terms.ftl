### Names common to all: verdicts, product groups, states, reasons.

verdict-genuine = Genuine
verdict-genuine-not-introduced = Genuine, not yet in circulation
verdict-genuine-sold = Genuine, already sold
verdict-genuine-withdrawn = Genuine, withdrawn from circulation
verdict-genuine-blocked = Genuine, but not allowed for sale
verdict-genuine-offline = Signature genuine, state unknown
verdict-not-issued = This code was never issued
verdict-foreign = Code of another country
verdict-incomplete = The code is incomplete
verdict-not-a-mark = Not a marking code

group-footwear = Footwear
group-medicine = Medicines
group-beer = Beer and beer drinks
group-tobacco = Tobacco products
group-motor-oil = Motor oils
group-light-industry = Light industry goods

status-emitted = Code issued
status-applied = Applied to the product
status-in-circulation = In circulation
status-withdrawn = Withdrawn from circulation

withdrawal-retail-sale = Sold at retail
withdrawal-own-use = Used for own needs
withdrawal-export = Exported
withdrawal-loss = Lost
withdrawal-damage = Damaged
withdrawal-destruction = Destroyed

stop-recalled = Being recalled from the market
stop-unsafe = Found unsafe or of improper quality
stop-investigation = Under investigation
stop-expired = Past its expiry date
