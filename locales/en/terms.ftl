### Names common to all: verdicts, product groups, states, reasons.

verdict-genuine = Genuine
verdict-genuine-not-introduced = Genuine, not yet in circulation
verdict-genuine-sold = Genuine, already sold
verdict-genuine-withdrawn = Genuine, withdrawn from circulation
verdict-genuine-blocked = Genuine, but not allowed for sale
verdict-recalled = Genuine, but recalled from the market
verdict-partly-sold = Genuine, partly sold
verdict-written-off = Genuine, written off
verdict-annulled = Genuine code, annulled
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
status-written-off = Written off
status-annulled = Code annulled
status-formed = Package formed
status-dissolved = Package taken apart

withdrawal-retail-sale = Sold at retail
withdrawal-own-use = Used for own needs
withdrawal-export = Exported outside the EAEU
withdrawal-loss = Lost
withdrawal-damage = Damaged
withdrawal-destruction = Destroyed
withdrawal-production-use = Used up in production
withdrawal-state-contract = Delivered under a state contract
withdrawal-export-union = Exported to a member state of the EAEU
withdrawal-donation = Given away free of charge
withdrawal-confiscation = Confiscated
withdrawal-recall = Recalled and taken back
withdrawal-samples = Taken as a sample
withdrawal-expiry = Past its expiry date
withdrawal-distance-sale = Sold at a distance
withdrawal-vending = Sold by a vending machine
withdrawal-transformation = Became part of a new product
withdrawal-remarking = Marked anew under another code
withdrawal-liquidation = Its owner ended business
withdrawal-sold-out = Sold out piece by piece

stop-recalled = Being recalled from the market
stop-unsafe = Found unsafe or of improper quality
stop-investigation = Under investigation
stop-expired = Past its expiry date
