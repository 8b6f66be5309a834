### The camera.

scan-title = Scan the code
scan-close = Close
scan-torch = Turn on the light
scan-opening = Opening the camera…
scan-hint = Bring the square code into the frame and hold it 10–15 cm away
scan-other-ways = You can read the code from a picture or type it
scan-retry = Try again
scan-camera-denied = No access to the camera
scan-camera-denied-help = Allow this site to use the camera in the settings of your browser.
scan-camera-missing = No camera was found
scan-camera-missing-help = This device has no camera, or it is not connected.
scan-camera-busy = The camera is busy
scan-camera-busy-help = Another app is using the camera. Close it and try again.
scan-camera-unavailable = The camera could not be opened
scan-camera-unavailable-help = The browser gave no camera. Open the page by a secure address (https).
scan-no-scanner = The scanner was not loaded
scan-no-scanner-help = The first time the scanner is loaded over the network; after that it works without one.
