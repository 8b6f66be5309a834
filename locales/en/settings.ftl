### Settings.

settings-title = Settings
settings-language = Language
settings-theme = Appearance
settings-theme-auto = System
settings-theme-light = Light
settings-theme-dark = Dark
settings-verdict = Checking
settings-sound = Sound of the verdict
settings-cues = Sounds of the scanner
settings-cues-help = Ticks that come faster the better a code is seen, and a tone when it is read.
settings-vibration = Vibration
settings-history = Keep a history of checks
settings-history-help = On this phone only. If you switch it off, what was kept is deleted.
settings-keys = Keys for checking without a network
settings-keys-version = Version
settings-keys-issued = Issued
settings-keys-count = Keys
settings-keys-none = No keys are loaded yet. Connect to a network once.
settings-keys-help = By these public keys the phone verifies the signature of a code without a network.
settings-about = How it works and what it does not keep
