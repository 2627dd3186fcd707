#!/bin/sh
# Browser tests use the system's Chromium. Install it where that is allowed; otherwise say loudly that they are skipped.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …"
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium) >/dev/null 2>&1
  command -v chromium >/dev/null 2>&1 && exit 0
fi
echo "***************************************************************************"
echo "*** No Chromium here and none could be installed: BROWSER TESTS ARE SKIPPED"
echo "*** To run them, as root: apt-get install chromium"
echo "***************************************************************************"
