### Typing by hand.

type-title = Type the code
type-label = Marking code
type-help = Type it as printed beside the code, with its brackets: (01)…(21)…(91)…(92)… Without brackets, write <GS> between the parts.
type-check = Check
type-valid = The code is complete and its signature is genuine.
type-invalid = The code is complete, but its signature does not fit. Look at every character: capital and small letters differ.
type-complete = The code is complete.
type-foreign = This is a code of another state.
type-where = Where to find the code
type-where-1 = Beside or below the square code (DataMatrix).
type-where-2 = On tobacco and medicines: at the side or the bottom of the pack.
type-where-3 = On footwear and clothes: on a label sewn in or hung on.
