### The first screen.

home-title = Is your product genuine?
home-lead = Point the camera at the marking code: the answer comes at once, even without a network.
home-scan = Scan the code
home-picture = From a picture
home-type = Type the code
home-report = Report a violation
home-reading = Looking for a code in the picture…
home-recent = Recent checks
home-all = All
home-how = How it works
home-step-1 = Find the square code on the package: black and white dots, a solid line at the left and below.
home-step-2 = Point the camera. The phone itself verifies the signature of the state operator.
home-step-3 = Compare the card with the product in your hands. If they differ, report it.
home-privacy = No account is needed to check. The history stays on this phone only.
