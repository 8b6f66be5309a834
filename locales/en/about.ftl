### About the app.

about-title = About the app
about-lead = Tanba is an app for public control: in a second it tells whether the marking code of a product is genuine, and it lets you report a violation.
about-how = Where the answer comes from
about-how-text = Every code carries the operator's digital signature. The phone verifies it first, then asks the ledger for the state of the product and its card.
about-offline = Without a network
about-offline-text = Verifying the signature needs no network. It is needed only to learn the state of the product now, so an answer without a network is marked as such.
about-privacy = What is not kept
about-privacy-text = There is no account; neither name nor phone number is asked for. The history stays on this phone. A check sends the code alone to the server.
about-reports = Reports
about-reports-text = A report is encrypted on the phone; nobody on the way can read it. The location is added only if you agree, and the photo's metadata is removed.
about-version = Version { $version } · licence Apache-2.0
